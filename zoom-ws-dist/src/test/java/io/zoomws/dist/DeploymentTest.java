package io.zoomws.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The systemd unit and the Kubernetes manifests: that they are well formed, and fit the program that they start. */
class DeploymentTest {

    private static final Path HOME = Archive.TARGET.resolve(Archive.NAME);

    private static final Map<String, Map<String, Object>> MANIFESTS = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void readManifests() throws Exception {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object manifest : yaml.loadAll(Files.readString(HOME.resolve("kubernetes/zoom-ws.yaml")))) {
            Map<String, Object> fields = map(manifest);
            MANIFESTS.put(String.valueOf(fields.get("kind")), fields);
        }
    }

    @Test
    void systemdTakesTheUnitAndFindsItWellConfined() throws Exception {
        assumeThat(Command.of(folder, "sh", "-c", "command -v systemd-analyze")
                        .run()
                        .status())
                .as("systemd-analyze is here")
                .isZero();
        Path unit = folder.resolve("zoom-ws.service");
        Files.writeString(
                unit, Files.readString(HOME.resolve("systemd/zoom-ws.service")).replace("/opt/zoom-ws/", HOME + "/"));

        Command.Result verify =
                Command.of(folder, "systemd-analyze", "verify", unit).run();
        Command.Result security = Command.of(
                        folder, "systemd-analyze", "security", "--offline=true", "--threshold=20", unit)
                .run();

        assertThat(verify.err()).isEmpty();
        assertThat(verify.status()).isZero();
        assertThat(security.status()).as(security.out()).isZero();
    }

    @Test
    void theConfigurationInTheManifestsIsGood() throws Exception {
        Path secret = folder.resolve("client-secret");
        Files.writeString(secret, "a-secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        String configuration =
                String.valueOf(map(MANIFESTS.get("ConfigMap").get("data")).get("zoom-ws.yaml"));
        Path file = folder.resolve("zoom-ws.yaml");
        Files.writeString(file, configuration.replace("/etc/zoom-ws-secret/client-secret", secret.toString()));

        Command.Result check = Command.of(folder, HOME.resolve("bin/zoom-ws"), "config", "check", "-c", file)
                .run();

        assertThat(check.status()).as(check.err()).isZero();
    }

    @Test
    void thePodIsOneIsNotRootAndIsToldToStopInTime() {
        Map<String, Object> set = map(MANIFESTS.get("StatefulSet").get("spec"));
        Map<String, Object> pod = map(map(set.get("template")).get("spec"));
        Map<String, Object> container = map(((List<?>) pod.get("containers")).get(0));

        assertThat(set.get("replicas")).isEqualTo(1);
        assertThat(map(pod.get("securityContext")))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("runAsUser", 65532);
        assertThat(map(container.get("securityContext"))).containsEntry("readOnlyRootFilesystem", true);
        assertThat((Integer) pod.get("terminationGracePeriodSeconds")).isGreaterThan(10);
        assertThat(container.get("livenessProbe")).asString().contains("path=/health/live");
        assertThat(container.get("readinessProbe")).asString().contains("path=/health/ready");
    }

    @Test
    void aSecondServerInThePodStandsByWithTheSameDataAndConfiguration() {
        Map<String, Object> set = map(MANIFESTS.get("StatefulSet").get("spec"));
        List<?> containers = (List<?>) map(map(set.get("template")).get("spec")).get("containers");
        Map<String, Object> first = map(containers.get(0));
        Map<String, Object> second = map(containers.get(1));

        assertThat(containers).hasSize(2);
        for (String same : List.of("image", "args", "securityContext", "resources")) {
            assertThat(second.get(same)).as(same).isEqualTo(first.get(same));
        }
        assertThat((List<?>) first.get("args")).asString().contains("--standby");
        assertThat(second.get("livenessProbe")).asString().contains("path=/health/live", "port=8080");
        assertThat(second.get("volumeMounts")).asString().contains("/var/lib/zoom-ws", "/etc/zoom-ws-secret");
    }

    @SuppressWarnings("unchecked") // mappings of YAML have texts as keys here
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
