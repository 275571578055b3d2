package io.zoomws.server.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate that the HTTP server shows, and its key. Nothing of the key is told, not by {@link #toString()} either.
 *
 * <p>Read from PEM files, as certificate authorities and container platforms hand them out.
 */
public final class TlsIdentity {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final int DNS_NAME = 2;
    private static final String ALIAS = "zoom-ws";

    private final Path certificateFile;
    private final Path keyFile;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private TlsIdentity(Path certificateFile, Path keyFile, List<X509Certificate> chain, PrivateKey key) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both files.
     *
     * @param certificateFile the server's own certificate first, then those between it and its authority
     * @param keyFile the private key of the first, not encrypted
     * @return the identity
     * @throws IllegalArgumentException if they cannot be used; the message says which, and what to do
     */
    public static TlsIdentity read(Path certificateFile, Path keyFile) {
        List<X509Certificate> chain = certificates(certificateFile);
        PrivateKey key = key(keyFile, chain.get(0).getPublicKey().getAlgorithm());
        if (!fits(chain.get(0), key)) {
            throw new IllegalArgumentException("the key in " + keyFile + " is not that of the first certificate in "
                    + certificateFile + ": name the two that were made together");
        }
        return new TlsIdentity(certificateFile, keyFile, chain, key);
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes(file)));
            List<X509Certificate> chain = new ArrayList<>();
            read.forEach(certificate -> chain.add((X509Certificate) certificate));
            if (!chain.isEmpty()) {
                return List.copyOf(chain);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the file " + file + " holds no certificates in PEM form", e);
        }
        throw new IllegalArgumentException("the file " + file + " holds no certificates in PEM form");
    }

    private static PrivateKey key(Path file, String algorithm) {
        Matcher key = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        String allowed = "the file " + file
                + " holds no private key that can be used: it must be PEM, not encrypted, and begin with"
                + " BEGIN PRIVATE KEY; 'openssl pkcs8 -topk8 -nodes -in OLD -out NEW' makes that of others";
        if (!key.find()) {
            throw new IllegalArgumentException(allowed);
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its message: nobody knows what it tells of the key.
            throw new IllegalArgumentException(allowed + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] probe = new byte[32];
            new SecureRandom().nextBytes(probe);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // keys of two kinds
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /**
     * The files.
     *
     * @return certificate and key
     */
    public List<Path> files() {
        return List.of(certificateFile, keyFile);
    }

    /**
     * Reads the same files again, as after a renewal.
     *
     * @return what they hold now
     * @throws IllegalArgumentException if they cannot be used
     */
    public TlsIdentity again() {
        return read(certificateFile, keyFile);
    }

    /**
     * The names of hosts for which it was issued.
     *
     * @return as the certificate has them, with a star perhaps for a label
     */
    public List<String> hostNames() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = chain.get(0).getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the names in " + certificateFile + " cannot be read", e);
        }
        return names;
    }

    /**
     * What TLS is spoken with.
     *
     * @return a key store in memory, whose password is empty
     */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, new char[0], chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory cannot fail", e);
        }
    }

    /** The same files: what they hold is read again while the server runs. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TlsIdentity identity && identity.files().equals(files());
    }

    @Override
    public int hashCode() {
        return files().hashCode();
    }

    @Override
    public String toString() {
        return "certificate " + certificateFile;
    }
}
