package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.TestCertificates;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.access.Role;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {

    @TempDir
    private Path directory;

    @Test
    void onlyThisMachineIsToldUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(http(Map.of()))
                .isEqualTo(new Settings.Http(true, InetAddress.getByName("127.0.0.1"), 8080, HttpAccess.LOCAL));
    }

    @ParameterizedTest
    @CsvSource({"localhost, 127.0.0.1", "127.8.9.10, 127.8.9.10", "::1, ::1"})
    void aLoopbackAddressIsAllowed(String text, String address) throws Exception {
        assertThat(http(Map.of("zoomws.http.address", text)).address()).isEqualTo(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "::", "2001:db8::1"})
    void anAddressThatOthersCanReachIsRefused(String text) throws Exception {
        String address = InetAddress.getByName(text).getHostAddress();

        assertThatThrownBy(() -> http(Map.of("zoomws.http.address", text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("zoomws.http.address: '" + address
                        + "' can be reached from other machines, and so needs a token"
                        + " (zoomws.http.read-token-file or zoomws.http.operate-token-file) and TLS"
                        + " (zoomws.http.tls.certificate-file and zoomws.http.tls.key-file): set those, use"
                        + " 127.0.0.1, ::1 or localhost, or set zoomws.http.insecure: true if whoever reaches it may"
                        + " read the status (set in system property zoomws.http.address)");
    }

    @Test
    void anAddressThatOthersCanReachIsAllowedIfThatIsMeantOrNobodyListens() throws Exception {
        assertThat(http(Map.of("zoomws.http.address", "0.0.0.0", "zoomws.http.insecure", "true"))
                        .access()
                        .insecure())
                .isTrue();
        assertThat(http(Map.of("zoomws.http.address", "0.0.0.0", "zoomws.http.enabled", "false"))
                        .enabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            zoomws.http.address | example.org | 'example.org' is no address: use an IP address of this machine such as 127.0.0.1, or localhost
            zoomws.http.address | 999.1.1.1 | '999.1.1.1' is no address: use an IP address of this machine such as 127.0.0.1, or localhost
            zoomws.http.address | 127.0.0.1. | '127.0.0.1.' is no address: use an IP address of this machine such as 127.0.0.1, or localhost
            zoomws.http.address | 1::2::3 | '1::2::3' is no address: use an IP address of this machine such as 127.0.0.1, or localhost
            zoomws.http.port | 65536 | '65536' is no port: use a number from 0 (any free one) to 65535
            zoomws.http.port | -1 | '-1' is no port: use a number from 0 (any free one) to 65535
            zoomws.http.enabled | no | 'no' is neither true nor false
            zoomws.http.read-token | short | a token is 20 to 500 characters of ASCII without blanks; 'openssl rand -hex 32' makes one
            zoomws.http.operate-token | twenty characters and a blank | a token is 20 to 500 characters of ASCII without blanks; 'openssl rand -hex 32' makes one
            zoomws.http.tls.key-file | key.pem | is of no use without zoomws.http.tls.certificate-file
            zoomws.http.tls.certificate-file | cert.pem | is of no use without zoomws.http.tls.key-file
            zoomws.http.host-names | a.example:80 | 'a.example:80' is no host name: use one such as zoom-ws.example.org, without port or path
            zoomws.http.insecure | yes | 'yes' is neither true nor false
            """)
    void whatCannotBeIsToldWithWhatCan(String key, String value, String problem) {
        assertThatThrownBy(() -> http(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + ": " + problem + " (set in system property " + key + ")");
    }

    @Test
    void anAddressThatOthersCanReachIsAllowedWithATokenAndTls() throws Exception {
        TestCertificates certificates = new TestCertificates(directory).selfSigned("server", "zoom-ws.example");
        Path token = Files.writeString(directory.resolve("token"), "a-token-of-twenty-or-more\n");
        Map<String, String> tls = Map.of(
                "zoomws.http.address", "0.0.0.0",
                "zoomws.http.tls.certificate-file", certificates.pem("server").toString(),
                "zoomws.http.tls.key-file", certificates.keyPem("server").toString());
        Map<String, String> both = new HashMap<>(tls);
        both.put("zoomws.http.operate-token-file", token.toString());

        HttpAccess access = http(both).access();

        assertThat(access.tokens().roleOf("a-token-of-twenty-or-more")).contains(Role.OPERATE);
        assertThat(access.tokens().roleOf("another")).isEmpty();
        assertThat(access.tls()).isPresent();
        assertThat(access.toString()).doesNotContain("a-token-of");
        assertThatThrownBy(() -> http(tls))
                .hasMessageContaining("can be reached from other machines, and so needs a token");
    }

    @Test
    void oneTokenForBothRolesIsRefused() {
        assertThatThrownBy(() -> http(Map.of(
                        "zoomws.http.read-token", "the-same-token-for-both",
                        "zoomws.http.operate-token", "the-same-token-for-both")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "zoomws.http.read-token: is the token for operating as well: whoever may read could do"
                                + " everything; use two (set in system property zoomws.http.read-token)")
                .hasMessageNotContaining("the-same-token");
    }

    private Settings.Http http(Map<String, String> properties) throws ConfigurationException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("zoomws.subscriptions.main.id", "an-id");
        all.put("zoomws.subscriptions.main.client-id", "a-client");
        all.put("zoomws.subscriptions.main.client-secret", "a-secret");
        return Configuration.load(new ConfigurationInputs(Optional.empty(), directory, Map.of(), all, Map.of()))
                .http();
    }
}
