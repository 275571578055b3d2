package io.zoomws.auth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority and what it issues. The JDK can make certificates by its keytool only, a process of a second for each; the
 * few fields that are needed of RFC 5280 are written here, in DER.
 */
final class TestCertificates {

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int UTF8 = 0x0c;
    private static final int TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final byte[] YES = {0x01, 0x01, (byte) 0xff};
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final byte[] ALTERNATIVE_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
    /** ecdsa-with-SHA256. */
    private static final byte[] ALGORITHM =
            der(SEQUENCE, new byte[] {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02});

    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private record Identity(KeyPair keys, List<Certificate> chain) {}

    private final Path folder;
    private final Map<String, Identity> identities = new HashMap<>();

    TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** An authority. */
    TestCertificates authority(String alias) throws Exception {
        byte[] constraints = der(SEQUENCE, BASIC_CONSTRAINTS, YES, der(OCTETS, der(SEQUENCE, YES)));
        return make(alias, alias, constraints, 0, 90);
    }

    /** A certificate that trusts nobody but itself. */
    TestCertificates selfSigned(String alias, String host) throws Exception {
        return issued(alias, alias, host);
    }

    /** A certificate by an authority for hosts, of now. */
    TestCertificates issued(String authority, String alias, String... hosts) throws Exception {
        return issued(authority, alias, 0, 90, hosts);
    }

    /** A certificate that begins to be valid so many days from now, and ends to be. */
    TestCertificates issued(String authority, String alias, int fromDay, int toDay, String... hosts) throws Exception {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        for (String host : hosts) {
            names.writeBytes(der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] extension = der(SEQUENCE, ALTERNATIVE_NAME, der(OCTETS, der(SEQUENCE, names.toByteArray())));
        return make(authority, alias, extension, fromDay, toDay);
    }

    private TestCertificates make(String issuer, String alias, byte[] extension, int fromDay, int toDay)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        Identity authority = issuer.equals(alias) ? new Identity(keys, List.of()) : identities.get(issuer);
        byte[] unsigned = der(
                SEQUENCE,
                der(0xa0, der(INTEGER, new byte[] {2})),
                der(INTEGER, BigInteger.valueOf(identities.size() + 1L).toByteArray()),
                ALGORITHM,
                name(issuer),
                der(SEQUENCE, time(fromDay), time(toDay)),
                name(alias),
                keys.getPublic().getEncoded(),
                der(0xa3, der(SEQUENCE, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(authority.keys().getPrivate());
        signature.update(unsigned);
        byte[] bits = signature.sign();
        byte[] certificate = der(SEQUENCE, unsigned, ALGORITHM, der(0x03, new byte[] {0}, bits));
        List<Certificate> chain = new ArrayList<>();
        chain.add(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        chain.addAll(authority.chain());
        identities.put(alias, new Identity(keys, chain));
        return this;
    }

    private static byte[] name(String commonName) {
        byte[] text = commonName.getBytes(StandardCharsets.UTF_8);
        return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, text))));
    }

    private static byte[] time(int day) {
        Instant at = Instant.now().minusSeconds(60).plus(day, ChronoUnit.DAYS);
        return der(TIME, GENERALIZED.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length, content. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() >= 0x100) {
            whole.write(0x82);
            whole.write(content.size() >> 8);
        } else if (content.size() >= 0x80) {
            whole.write(0x81);
        }
        whole.write(content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    /** What a server uses that presents a certificate. */
    SSLContext server(String alias) throws Exception {
        Identity identity = identities.get(alias);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "changeit".toCharArray();
        store.setKeyEntry(
                "key", identity.keys().getPrivate(), password, identity.chain().toArray(Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Certificates as a CA file. */
    Path pem(String... aliases) throws Exception {
        StringBuilder text = new StringBuilder("# a comment, as distributions write them\n");
        for (String alias : aliases) {
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(der(alias));
            text.append("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(folder.resolve(String.join("-", aliases) + ".pem"), text);
    }

    TrustedCertificates trusted(String... aliases) throws Exception {
        return TrustedCertificates.read(pem(aliases));
    }

    /** A certificate in the other format. */
    byte[] der(String alias) throws Exception {
        return identities.get(alias).chain().get(0).getEncoded();
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
