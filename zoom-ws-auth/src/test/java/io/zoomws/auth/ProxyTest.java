package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {

    private static final String ALLOWED =
            ": use http://host:port or socks5://host:port, with user name and password apart";

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128,HTTP,proxy.example,3128",
        "HTTP://10.0.0.1:80/,HTTP,10.0.0.1,80",
        "socks5://[::1]:1080,SOCKS5,[::1],1080"
    })
    void urlNamesKindHostAndPort(String url, Proxy.Kind kind, String host, int port) {
        assertThat(Proxy.parse(url)).isEqualTo(new Proxy(kind, host, port, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy:3128|this is no address of a proxy",
                "proxy|this is no address of a proxy",
                "https://proxy:3128|this is no address of a proxy",
                "socks4://proxy:3128|this is no address of a proxy",
                "http://proxy:3128/path|this is no address of a proxy",
                "http://proxy:3128?q|this is no address of a proxy",
                "http://proxy:99999|this is no address of a proxy",
                "http://a b:3128|this is no address of a proxy",
                "http://proxy|the port of the proxy is missing",
                "http://user:canary@proxy:3128|user name and password do not belong into the address of a proxy, which is"
                        + " shown in logs"
            })
    void whatIsNoAddressIsRefusedWithoutBeingQuoted(String url, String what) {
        assertThatThrownBy(() -> Proxy.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(what + ALLOWED)
                .hasNoCause();
    }

    @Test
    void credentialsThatNoProtocolCarriesAreRefused() {
        assertThatThrownBy(() -> new Proxy.Credentials("a:b", Secret.of("canary")))
                .hasMessage("The proxy's user name must have 1 to 255 bytes, without colon");
        assertThatThrownBy(() -> new Proxy.Credentials("a\nb", Secret.of("canary")))
                .hasMessage("The proxy's user name must have 1 to 255 bytes, without colon");
        assertThatThrownBy(() -> new Proxy.Credentials("a", Secret.of("ä".repeat(128))))
                .hasMessage("The proxy's password must have 255 bytes at most");
    }

    @Test
    void nothingShowsThePassword() {
        assertThat(Proxy.parse("http://p:1").withCredentials(new Proxy.Credentials("u", Secret.of("canary"))))
                .hasToString("Proxy[kind=HTTP, host=p, port=1, credentials=Optional[Credentials[user=u,"
                        + " password=[redacted]]]]");
    }
}
