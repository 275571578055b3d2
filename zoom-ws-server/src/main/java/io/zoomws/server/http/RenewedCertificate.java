package io.zoomws.server.http;

import io.zoomws.server.access.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over a certificate that was renewed in its files, without a restart: certificates last for weeks, and a feed shall not be
 * interrupted for that. What cannot be used is told once, and the one before is shown on. One thread.
 */
final class RenewedCertificate {

    private static final Logger log = LoggerFactory.getLogger(RenewedCertificate.class);

    private final TlsIdentity identity;
    private final Consumer<TlsIdentity> shown;
    private List<FileTime> known;

    /**
     * Knows the files as they are now.
     *
     * @param identity that is shown now
     * @param shown takes another one
     */
    RenewedCertificate(TlsIdentity identity, Consumer<TlsIdentity> shown) {
        this.identity = identity;
        this.shown = shown;
        this.known = times();
    }

    /** Looks whether the files have changed. */
    void check() {
        List<FileTime> now = times();
        if (now.equals(known)) {
            return;
        }
        known = now;
        try {
            shown.accept(identity.again());
            log.info("http: the {} has changed, and is shown from now on", identity);
        } catch (IllegalArgumentException e) {
            // The two files are replaced one after the other, perhaps just now: the other change is noticed as well.
            log.error(
                    "http: the {} has changed and cannot be used; the one before is shown on: {}",
                    identity,
                    e.getMessage());
        }
    }

    /** None of files that cannot be looked at. */
    private List<FileTime> times() {
        List<FileTime> times = new ArrayList<>();
        for (Path file : identity.files()) {
            try {
                times.add(Files.getLastModifiedTime(file));
            } catch (IOException e) {
                return List.of();
            }
        }
        return times;
    }
}
