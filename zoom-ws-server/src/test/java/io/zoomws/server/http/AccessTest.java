package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.Secret;
import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.TestCertificates;
import io.zoomws.server.access.AccessTokens;
import io.zoomws.server.access.HttpAccess;
import io.zoomws.server.access.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask. */
@Timeout(60)
class AccessTest {

    private static final String READ = "the-token-for-reading";
    private static final String OPERATE = "the-token-for-operating";
    private static final AccessTokens TOKENS =
            new AccessTokens(Optional.of(Secret.of(READ)), Optional.of(Secret.of(OPERATE)));
    private static final String PAUSE = "/api/v1/plugins/mine/pause";

    @TempDir
    private Path folder;

    @Test
    void withoutTokensWhoeverIsOnThisMachineMayOperate() throws Exception {
        try (ApiServer server = new ApiServer(folder, HttpAccess.LOCAL)) {
            assertThat(server.client().get("/api/v1/session").body())
                    .isEqualTo("{\"role\":\"operate\",\"authenticated\":false}");
            assertThat(server.client().get("/api/v1/session", "whatever").body())
                    .isEqualTo("{\"role\":\"operate\",\"authenticated\":false}");
        }
    }

    @Test
    void insecureWithoutTokensEverybodyMayReadAndNobodyOperate() throws Exception {
        HttpAccess insecure = new HttpAccess(AccessTokens.NONE, Optional.empty(), List.of(), true);
        try (ApiServer server = new ApiServer(folder, insecure)) {
            assertThat(server.client().get("/api/v1/session").body())
                    .isEqualTo("{\"role\":\"read\",\"authenticated\":false}");
            assertThat(server.client().post(PAUSE, "").statusCode()).isEqualTo(403);
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void aTokenGivesItsRole() throws Exception {
        try (ApiServer server = new ApiServer(folder, withTokens())) {
            assertThat(server.client().get("/api/v1/session", READ).body())
                    .isEqualTo("{\"role\":\"read\",\"authenticated\":true}");
            assertThat(server.client().get("/api/v1/session", OPERATE).body())
                    .isEqualTo("{\"role\":\"operate\",\"authenticated\":true}");
            assertThat(server.client()
                            .post(PAUSE, "", "Authorization", "bearer " + OPERATE)
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = server.client().post(PAUSE, "", "Authorization", "Bearer " + READ);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("\"detail\":\"this needs the token of the role operate\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer wrong",
        "Authorization, Bearer",
        "Authorization, Basic the-token-for-reading",
        "Authorization, the-token-for-reading",
        "X-Token, the-token-for-reading"
    })
    void whoShowsNoTokenThatIsOursIsRefused(String header, String value) throws Exception {
        try (ApiServer server = new ApiServer(folder, withTokens());
                LoggedLines lines = LoggedLines.of(Audit.class)) {
            HttpResponse<String> answer = server.client().post(PAUSE, "", header, value);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
            assertThat(answer.body())
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                            + "\"detail\":\"this needs a token, in the header Authorization: Bearer TOKEN\"}");
            assertThat(lines.infos())
                    .containsExactly("http: nobody from 127.0.0.1 asks to do something: refused with 401: this needs a"
                            + " token, in the header Authorization: Bearer TOKEN");
        }
    }

    @Test
    void whatNamesNothingNeedsNoTokenAndEverythingElseDoes() throws Exception {
        try (ApiServer server = new ApiServer(folder, withTokens())) {
            for (String open :
                    List.of("/", "/health/live", "/health/ready", "/health/receiving", "/api/v1/openapi.json")) {
                assertThat(server.client().get(open).statusCode()).as(open).isEqualTo(200);
            }
            for (String closed : List.of(
                    "/metrics",
                    "/api/v1/session",
                    "/api/v1/status",
                    "/api/v1/gaps",
                    "/api/v1/plugins",
                    "/api/v1/events",
                    "/api/v1/events/stream",
                    "/api/v1/parked")) {
                assertThat(server.client().get(closed).statusCode()).as(closed).isEqualTo(401);
                assertThat(server.client().send("HEAD", closed).statusCode())
                        .as(closed)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aTokenInTheAddressCountsForNothing() throws Exception {
        try (ApiServer server = new ApiServer(folder, withTokens())) {
            assertThat(server.client().get("/api/v1/status?token=" + READ).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void overTlsItShowsItsCertificateAndIsCalledByTheNamesInIt() throws Exception {
        TestCertificates certificates = new TestCertificates(folder).selfSigned("server", "localhost");
        TlsIdentity identity = TlsIdentity.read(certificates.pem("server"), certificates.keyPem("server"));
        HttpAccess access = new HttpAccess(TOKENS, Optional.of(identity), List.of("zoom-ws.example"), false);
        try (ApiServer server = new ApiServer(folder, access)) {
            Client client = new Client(
                    URI.create("https://localhost:" + server.client().address().getPort() + "/"),
                    HttpClient.newBuilder().sslContext(trusting(certificates)).build());

            assertThat(server.client().address()).hasScheme("https");
            assertThat(client.get("/api/v1/session", READ).body())
                    .isEqualTo("{\"role\":\"read\",\"authenticated\":true}");
            assertThat(client.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).doesNotContain("200 OK");
        }
    }

    private static SSLContext trusting(TestCertificates certificates) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificates.der("server"))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static HttpAccess withTokens() {
        return new HttpAccess(TOKENS, Optional.empty(), List.of(), false);
    }
}
