package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.auth.TrustedCertificates;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and what it issues, made by the JDK's keytool, since the JDK has no other way to make certificates. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path file;

    TestCertificates(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("keys.p12");
    }

    /** An authority. */
    TestCertificates authority(String alias) throws Exception {
        return generate(alias, "-ext", "bc:c");
    }

    /** A certificate that trusts nobody but itself. */
    TestCertificates selfSigned(String alias, String name, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("-ext", "san=" + name));
        options.addAll(List.of(more));
        return generate(alias, options.toArray(String[]::new));
    }

    /** A certificate by an authority. */
    TestCertificates issued(String authority, String alias, String name, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", authority));
        options.addAll(List.of(more));
        return selfSigned(alias, name, options.toArray(String[]::new));
    }

    private TestCertificates generate(String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return this;
    }

    private KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** What a server uses that presents a certificate. */
    SSLContext server(String alias) throws Exception {
        KeyStore all = store();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry("key", all.getKey(alias, password), password, all.getCertificateChain(alias));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(one, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Certificates as a CA file. */
    Path pem(String... aliases) throws Exception {
        StringBuilder text = new StringBuilder("# a comment, as distributions write them\n");
        for (String alias : aliases) {
            text.append(pem(store().getCertificate(alias)));
        }
        return Files.writeString(folder.resolve(String.join("-", aliases) + ".pem"), text);
    }

    private static String pem(Certificate certificate) throws Exception {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    TrustedCertificates trusted(String... aliases) throws Exception {
        return TrustedCertificates.read(pem(aliases));
    }
}
