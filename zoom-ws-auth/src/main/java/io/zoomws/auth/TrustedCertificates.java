package io.zoomws.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates of a PEM file, trusted instead of those that come with the JDK: whoever names an authority means that one
 * and not a hundred others. Who wants both puts both into the file, one after the other. The file is read once.
 */
public final class TrustedCertificates {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final long LARGEST_BYTES = 16 * 1024 * 1024;

    private final Path file;
    private final List<X509Certificate> certificates;
    private final X509ExtendedTrustManager trustManager;

    private TrustedCertificates(Path file, List<X509Certificate> certificates, X509ExtendedTrustManager trustManager) {
        this.file = file;
        this.certificates = certificates;
        this.trustManager = trustManager;
    }

    /**
     * Reads a file.
     *
     * @param file PEM, with one certificate or more; what stands around them is skipped
     * @return its certificates
     * @throws IllegalArgumentException if it cannot be read, holds none, or one that is broken; the message names file and
     *     remedy
     */
    public static TrustedCertificates read(Path file) {
        List<X509Certificate> found = certificates(file, text(file));
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < found.size(); i++) {
                store.setCertificateEntry("certificate-" + i, found.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return new TrustedCertificates(file, List.copyOf(found), new WithinValidity(x509));
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the certificates in " + file + " cannot be used by this Java platform", e);
        }
        throw new IllegalArgumentException("this Java platform has no trust manager for the certificates in " + file);
    }

    private static String text(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException(
                        "the file " + file + " is larger than 16 MiB: name a PEM file of" + " certificates");
            }
            // Any byte is a character: what is no PEM shall be told as such.
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): name a PEM file that exists and may be read",
                    e);
        }
    }

    private static List<X509Certificate> certificates(Path file, String text) {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            if (!block.find(at) || block.start() != at) {
                throw broken(file, found.size() + 1);
            }
            found.add(certificate(file, found.size() + 1, block.group(1)));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the file " + file + " holds no certificate: it must be PEM, with lines "
                    + BEGIN + "; turn another format into it with openssl x509 -inform der -in FILE");
        }
        return found;
    }

    private static X509Certificate certificate(Path file, int number, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException | IllegalArgumentException e) {
            throw broken(file, number);
        }
    }

    private static IllegalArgumentException broken(Path file, int number) {
        return new IllegalArgumentException("certificate " + number + " in the file " + file
                + " cannot be read: copy it again, from " + BEGIN + " to -----END CERTIFICATE-----");
    }

    /**
     * What TLS asks whether to trust.
     *
     * @return verifies the chain up to one of the certificates and, as the connection demands it, the host name
     */
    public X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedCertificates same
                && file.equals(same.file)
                && certificates.equals(same.certificates);
    }

    @Override
    public int hashCode() {
        return certificates.hashCode();
    }

    @Override
    public String toString() {
        return certificates.size() + " of " + file;
    }
}
