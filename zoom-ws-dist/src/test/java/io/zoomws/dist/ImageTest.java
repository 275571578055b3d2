package io.zoomws.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tar of the image, read as the specification of OCI's image layout says. */
class ImageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path layout;

    private static JsonNode manifest;
    private static JsonNode configuration;
    private static List<String> entries;

    @BeforeAll
    static void takeApart() throws Exception {
        Path tar = Archive.TARGET.resolve(Archive.NAME + "-image.tar");
        assertThat(Command.of(layout, "tar", "xf", tar).run().status()).isZero();
        manifest = JSON.readTree(blob(JSON.readTree(layout.resolve("index.json").toFile())
                .at("/manifests/0/digest")
                .asText()));
        configuration = JSON.readTree(blob(manifest.at("/config/digest").asText()));
        Path layer = path(manifest.at("/layers/1/digest").asText());
        entries = Command.of(layout, "tar", "tvzf", layer, "--numeric-owner")
                .run()
                .out()
                .lines()
                .toList();
    }

    @Test
    void itIsALayoutOfVersionOneWithOneImageForEachTagOfIt() throws Exception {
        assertThat(JSON.readTree(layout.resolve("oci-layout").toFile())
                        .at("/imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        assertThat(index.at("/manifests")).hasSize(1);
        assertThat(index.at("/manifests/0/mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(index.at("/manifests/0/annotations/org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo(Archive.NAME.replaceFirst("zoom-ws-", "zoom-ws:"));
    }

    @Test
    void eachDigestIsThatOfWhatItNames() throws Exception {
        try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
            assertThat(blobs).hasSize(4).allSatisfy(blob -> assertThat(sha256(Files.readAllBytes(blob)))
                    .isEqualTo(blob.getFileName().toString()));
        }
        JsonNode layers = manifest.at("/layers");
        assertThat(configuration.at("/rootfs/diff_ids")).hasSameSizeAs(layers);
        for (int n = 0; n < layers.size(); n++) {
            byte[] layer = blob(layers.at("/" + n + "/digest").asText());
            assertThat(layer).hasSize(layers.at("/" + n + "/size").asInt());
            assertThat(configuration.at("/rootfs/diff_ids/" + n).asText())
                    .isEqualTo("sha256:" + sha256(new GZIPInputStream(new ByteArrayInputStream(layer)).readAllBytes()));
        }
    }

    @Test
    void itRunsTheServerAsAUserWhoIsNotRootInTheFolderOfTheData() {
        JsonNode config = configuration.at("/config");

        assertThat(config.at("/Entrypoint").toString()).isEqualTo("[\"/opt/zoom-ws/bin/zoom-ws\"]");
        assertThat(config.at("/Cmd").toString()).isEqualTo("[\"run\"]");
        assertThat(config.at("/User").asText()).isEqualTo("65532:65532");
        assertThat(config.at("/WorkingDir").asText()).isEqualTo("/var/lib/zoom-ws");
        assertThat(config.at("/Volumes").toString()).isEqualTo("{\"/var/lib/zoom-ws\":{}}");
        assertThat(config.at("/ExposedPorts").toString()).isEqualTo("{\"8080/tcp\":{}}");
        assertThat(config.at("/Env")).as("no variable is set, and so no secret").isEmpty();
        assertThat(configuration.at("/created").asText()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void itIsTheArchiveOwnedByRootBehindALayerOfTheToolThatMadeIt() throws Exception {
        assertThat(manifest.at("/layers")).hasSize(2);
        assertThat(manifest.at("/layers/0/size").asInt()).as("two small files").isLessThan(1000);
        assertThat(entries).allSatisfy(entry -> assertThat(entry).matches("[d-]\\S{9} 0/0 .*"));
        assertThat(entries)
                .filteredOn(entry -> entry.endsWith(" opt/zoom-ws/bin/zoom-ws"))
                .singleElement()
                .asString()
                .startsWith("-rwxr-xr-x");
        assertThat(entries.stream().filter(entry -> entry.startsWith("-")).map(entry -> entry.replaceFirst(".* ", "")))
                .allSatisfy(name -> assertThat(name).startsWith("opt/zoom-ws/").doesNotEndWith(".env"))
                .filteredOn(name -> name.startsWith("opt/zoom-ws/lib/"))
                .hasSameSizeAs(
                        Archive.names(Archive.TARGET.resolve(Archive.NAME).resolve("lib")));
    }

    private static byte[] blob(String digest) throws IOException {
        return Files.readAllBytes(path(digest));
    }

    private static Path path(String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
