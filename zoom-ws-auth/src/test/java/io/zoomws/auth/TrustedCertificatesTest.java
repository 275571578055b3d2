package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrustedCertificatesTest {

    @TempDir
    private static Path folder;

    private static TestCertificates keys;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestCertificates(folder).authority("one").authority("two");
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> TrustedCertificates.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void fileMayHoldSeveralAndTextAroundThem() throws Exception {
        TrustedCertificates both = TrustedCertificates.read(keys.pem("one", "two"));
        assertThat(both.trustManager().getAcceptedIssuers()).hasSize(2);
        assertThat(both).hasToString("2 of " + folder.resolve("one-two.pem"));
    }

    @Test
    void missingFileIsTold() {
        Path none = folder.resolve("none.pem");
        assertRefused(
                none,
                "the file " + none
                        + " cannot be read (NoSuchFileException): name a PEM file that exists and may be read");
    }

    @Test
    void fileWithoutCertificateIsTold() throws Exception {
        String what =
                " holds no certificate: it must be PEM, with lines -----BEGIN CERTIFICATE-----; turn another format"
                        + " into it with openssl x509 -inform der -in FILE";
        Path empty = write("empty.pem", "");
        assertRefused(empty, "the file " + empty + what);
        Path key = write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(key, "the file " + key + what);
        Path der = Files.write(folder.resolve("one.der"), keys.der("one"));
        assertRefused(der, "the file " + der + what);
    }

    @Test
    void brokenCertificateIsToldWithItsNumber() throws Exception {
        String good = Files.readString(keys.pem("one"));
        String what = " cannot be read: copy it again, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----";
        Path cut = write("cut.pem", good + good.substring(0, good.length() / 2));
        assertRefused(cut, "certificate 2 in the file " + cut + what);
        Path nonsense = write("nonsense.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + good);
        assertRefused(nonsense, "certificate 1 in the file " + nonsense + what);
    }
}
