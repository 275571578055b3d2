package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.TestProxy;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same by an HTTP proxy that asks for credentials. */
class HttpProxyTokenSourceTest extends OAuthTokenSourceTest {

    private TestProxy proxy;

    @BeforeEach
    void startProxy() throws IOException {
        proxy = new TestProxy(TestProxy.Kind.HTTP, true);
    }

    @AfterEach
    void stopProxy() throws Exception {
        assertThat(proxy.targets()).isNotEmpty();
        proxy.close();
    }

    @Override
    Transport transport() {
        Proxy.Credentials login = new Proxy.Credentials(TestProxy.USER, Secret.of(TestProxy.PASSWORD));
        return Transport.DIRECT.withProxy(new Proxy(Proxy.Kind.HTTP, "127.0.0.1", proxy.port(), Optional.of(login)));
    }

    @Override
    String through() {
        return " through the proxy 127.0.0.1:" + proxy.port();
    }

    @Override
    String closedPort() {
        return unknownHost();
    }

    @Override
    String unknownHost() {
        return " cannot be reached: the proxy 127.0.0.1:" + proxy.port() + " could not reach the host (HTTP 502)";
    }
}
