package io.zoomws.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {

    @TempDir
    private Path folder;

    private TestCertificates certificates = new TestCertificates(Path.of(""));

    @BeforeEach
    void issue() throws Exception {
        certificates = new TestCertificates(folder)
                .authority("authority")
                .issued("authority", "server", "zoom-ws.example", "*.wild.example")
                .selfSigned("other", "other.example");
    }

    @Test
    void aCertificateAndItsKeyAreReadWithTheNamesInIt() throws Exception {
        TlsIdentity identity = TlsIdentity.read(certificates.pem("server", "authority"), certificates.keyPem("server"));

        assertThat(identity.hostNames()).containsExactly("zoom-ws.example", "*.wild.example");
        assertThat(identity.keyStore().getCertificateChain("zoom-ws")).hasSize(2);
        assertThat(identity).hasToString("certificate " + folder.resolve("server-authority.pem"));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Path certificate = certificates.pem("server");
        Path key = certificates.keyPem("other");

        assertThatThrownBy(() -> TlsIdentity.read(certificate, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key in " + key + " is not that of the first certificate in " + certificate
                        + ": name the two that were made together");
    }

    @Test
    void whatHoldsNoKeyIsRefusedWithTheRemedyAndNotQuoted() throws Exception {
        Path certificate = certificates.pem("server");
        String remedy =
                " holds no private key that can be used: it must be PEM, not encrypted, and begin with BEGIN PRIVATE"
                        + " KEY; 'openssl pkcs8 -topk8 -nodes -in OLD -out NEW' makes that of others";
        Path old = Files.writeString(
                folder.resolve("old"), "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----\n");
        Path wrong = Files.writeString(
                folder.resolve("wrong"), "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> TlsIdentity.read(certificate, old)).hasMessage("the file " + old + remedy);
        assertThatThrownBy(() -> TlsIdentity.read(certificate, wrong))
                .hasMessage("the file " + wrong + remedy + " (InvalidKeySpecException)")
                .hasNoCause();
    }

    @Test
    void whatHoldsNoCertificateIsRefused() throws Exception {
        Path key = certificates.keyPem("server");
        Path empty = Files.writeString(folder.resolve("empty"), "");

        assertThatThrownBy(() -> TlsIdentity.read(empty, key))
                .hasMessage("the file " + empty + " holds no certificates in PEM form");
        assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("nowhere"), key))
                .hasMessage("the file " + folder.resolve("nowhere") + " cannot be read (NoSuchFileException)");
    }
}
