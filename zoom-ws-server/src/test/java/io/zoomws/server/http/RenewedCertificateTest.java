package io.zoomws.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import io.zoomws.fixtures.TestCertificates;
import io.zoomws.server.access.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedCertificateTest {

    @TempDir
    private Path folder;

    private final List<TlsIdentity> shown = new ArrayList<>();

    @Test
    void aCertificateThatWasRenewedInItsFilesIsShown() throws Exception {
        TestCertificates certificates =
                new TestCertificates(folder).selfSigned("old", "old.example").selfSigned("new", "new.example");
        TlsIdentity identity = TlsIdentity.read(certificates.pem("old"), certificates.keyPem("old"));
        RenewedCertificate renewed = new RenewedCertificate(identity, shown::add);

        renewed.check();
        assertThat(shown).isEmpty();

        replace(certificates.pem("new"), identity.files().get(0), 1);
        try (LoggedLines lines = LoggedLines.of(RenewedCertificate.class)) {
            renewed.check();
            renewed.check();
            assertThat(shown).isEmpty();
            assertThat(lines.errors())
                    .containsExactly("http: the certificate " + folder.resolve("old.pem")
                            + " has changed and cannot be used; the one before is shown on: the key in "
                            + folder.resolve("old.key") + " is not that of the first certificate in "
                            + folder.resolve("old.pem") + ": name the two that were made together");
        }
        replace(certificates.keyPem("new"), identity.files().get(1), 1);
        renewed.check();
        assertThat(shown).singleElement().satisfies(now -> assertThat(now.hostNames())
                .containsExactly("new.example"));
    }

    private static void replace(Path from, Path to, int secondsLater) throws Exception {
        Instant later = Files.getLastModifiedTime(to).toInstant().plusSeconds(secondsLater);
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.from(later));
    }
}
