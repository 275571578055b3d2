package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Chronicle's vendor is not told, and what of Chronicle our users do not see. */
class VendorTest {

    @TempDir
    Path data;

    @Test
    void nothingIsReportedToTheVendor() {
        List<URI> asked = new CopyOnWriteArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                asked.add(uri);
            }
        });
        try {
            JournalWriter.open(data, "main").close();
        } finally {
            ProxySelector.setDefault(before);
        }

        assertThat(asked).as("connections that were attempted").isEmpty();
        assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
        assertThat(System.getProperty("chronicle.announcer.disable")).isEqualTo("true");
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(System.getProperty("java.class.path")).doesNotContain("chronicle-analytics");
    }

    @Test
    void nothingOfChronicleIsInThePublicApi() {
        for (Class<?> type : List.of(
                JournalWriter.class,
                Journals.class,
                JournalStatus.class,
                JournalSettings.class,
                LastRun.class,
                OpenGap.class,
                StoredKind.class)) {
            for (Method method : type.getMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    assertThat(Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes())))
                            .noneMatch(used -> used.getName().startsWith("net.openhft"));
                }
            }
        }
    }
}
