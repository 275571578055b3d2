package io.zoomws.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to proxies, byte for byte, and what is made of their answers. */
class ProxyDialogueTest {

    private static final Proxy HTTP = Proxy.parse("http://p:1");
    private static final Proxy SOCKS = Proxy.parse("socks5://p:1");
    private static final Proxy.Credentials LOGIN = new Proxy.Credentials("Aladdin", Secret.of("open sesame"));

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Hands over an answer and returns what is said to it. */
    private static byte[] tell(ProxyDialogue dialogue, byte[] answer) throws ProxyException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (byte next : answer) {
            assertThat(dialogue.isOpen()).isFalse();
            said.writeBytes(dialogue.receive(next & 0xff));
        }
        return said.toByteArray();
    }

    private static byte[] tell(ProxyDialogue dialogue, String hexAnswer) throws ProxyException {
        return tell(dialogue, HexFormat.of().parseHex(hexAnswer));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void connectNamesHostAndPortAndNothingElse() {
        assertThat(ProxyDialogue.with(HTTP, "WS.zoom.us", 443).greeting())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("CONNECT ws.zoom.us:443 HTTP/1.1\r\nHost: ws.zoom.us:443\r\n\r\n");
        // The example of RFC 7617.
        assertThat(ProxyDialogue.with(HTTP.withCredentials(LOGIN), "[::1]", 80).greeting())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("CONNECT [::1]:80 HTTP/1.1\r\nHost: [::1]:80\r\n"
                        + "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 Connection established\r\n\r\n",
                "HTTP/1.0 200\r\nVia: x\r\n\r\n",
                "HTTP/1.1 204 \n\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void tunnelIsOpenAfterTheEmptyLineOfASuccess(String answer) throws Exception {
        ProxyDialogue dialogue = ProxyDialogue.with(HTTP, "ws.zoom.us", 443);
        assertThat(tell(dialogue, ascii(answer))).isEmpty();
        assertThat(dialogue.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 407 canary|asks for user name and password (HTTP 407): set proxy-user and proxy-password",
                "HTTP/1.1 403 canary|refuses to connect to the host (HTTP 403): it must allow host and port",
                "HTTP/1.1 405|refuses to connect to the host (HTTP 405): it must allow host and port",
                "HTTP/1.1 302 canary|answered with a redirect (HTTP 302), which is never followed",
                "HTTP/1.1 502 canary|could not reach the host (HTTP 502)",
                "HTTP/1.1 504 canary|could not reach the host (HTTP 504)",
                "SSH-2.0-canary|does not answer like an HTTP proxy: check its address, and whether it is a SOCKS proxy",
                "HTTP/1.1 2000 canary|does not answer like an HTTP proxy: check its address, and whether it is a SOCKS proxy"
            })
    void refusalsOfAnHttpProxyAreToldApart(String status, String what) {
        ProxyDialogue dialogue = ProxyDialogue.with(HTTP, "ws.zoom.us", 443);
        assertThatThrownBy(() -> tell(dialogue, ascii(status + "\r\nX-Y: canary\r\n\r\n<html>canary")))
                .isInstanceOf(ProxyException.class)
                .hasMessage("the proxy p:1 " + what);
    }

    @Test
    void answerWithoutEndIsCutOff() {
        ProxyDialogue dialogue = ProxyDialogue.with(HTTP, "ws.zoom.us", 443);
        assertThatThrownBy(() -> tell(dialogue, ascii("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000))))
                .isInstanceOf(ProxyException.class);
    }

    @Test
    void socksNamesTheHostAsText() throws Exception {
        ProxyDialogue dialogue = ProxyDialogue.with(SOCKS, "ws.zoom.us", 443);
        assertThat(hex(dialogue.greeting())).isEqualTo("050100");
        assertThat(hex(tell(dialogue, "0500"))).isEqualTo("050100030a" + hex(ascii("ws.zoom.us")) + "01bb");
        assertThat(tell(dialogue, "05000001000000000000")).isEmpty();
        assertThat(dialogue.isOpen()).isTrue();
    }

    @Test
    void socksLogsInIfAskedTo() throws Exception {
        ProxyDialogue dialogue = ProxyDialogue.with(SOCKS.withCredentials(LOGIN), "127.0.0.1", 80);
        assertThat(hex(dialogue.greeting())).isEqualTo("05020002");
        assertThat(hex(tell(dialogue, "0502")))
                .isEqualTo("01" + "07" + hex(ascii("Aladdin")) + "0b" + hex(ascii("open sesame")));
        assertThat(hex(tell(dialogue, "0100"))).isEqualTo("050100017f0000010050");
        assertThat(tell(dialogue, "0500000303616263ffff")).isEmpty();
        assertThat(dialogue.isOpen()).isTrue();
    }

    @Test
    void socksDoesNotLogInIfNotAskedTo() throws Exception {
        ProxyDialogue dialogue = ProxyDialogue.with(SOCKS.withCredentials(LOGIN), "[::1]", 80);
        assertThat(hex(tell(dialogue, "0500"))).isEqualTo("05010004000000000000000000000000000000010050");
        assertThat(tell(dialogue, "05000004" + "00".repeat(18))).isEmpty();
        assertThat(dialogue.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05ff|asks for user name and password (SOCKS): set proxy-user and proxy-password",
                "0502|asks for user name and password (SOCKS): set proxy-user and proxy-password",
                "05000501|could not connect to the host (SOCKS reply 1)",
                "05000502|refuses to connect to the host (SOCKS reply 2): it must allow host and port",
                "05000503|could not reach the host (SOCKS reply 3)",
                "05000504|could not reach the host (SOCKS reply 4)",
                "05000505|was refused by the host (SOCKS reply 5)",
                "050005fe|could not connect to the host (SOCKS reply 254)",
                "48545450|does not answer like a SOCKS5 proxy: check its address, and whether it is an HTTP proxy",
                "05000400|does not answer like a SOCKS5 proxy: check its address, and whether it is an HTTP proxy",
                "0500050000ff0000|does not answer like a SOCKS5 proxy: check its address, and whether it is an HTTP proxy"
            })
    void refusalsOfASocksProxyAreToldApart(String answer, String what) {
        ProxyDialogue dialogue = ProxyDialogue.with(SOCKS, "ws.zoom.us", 443);
        assertThatThrownBy(() -> tell(dialogue, answer))
                .isInstanceOf(ProxyException.class)
                .hasMessage("the proxy p:1 " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05ff", "05020101"})
    void wrongPasswordIsTold(String answer) {
        ProxyDialogue dialogue = ProxyDialogue.with(SOCKS.withCredentials(LOGIN), "ws.zoom.us", 443);
        assertThatThrownBy(() -> tell(dialogue, answer))
                .hasMessage("the proxy p:1 does not accept user name and password (SOCKS): check proxy-user and"
                        + " proxy-password");
        ProxyDialogue http = ProxyDialogue.with(HTTP.withCredentials(LOGIN), "ws.zoom.us", 443);
        assertThatThrownBy(() -> tell(http, ascii("HTTP/1.1 407 No\r\n\r\n")))
                .hasMessage("the proxy p:1 does not accept user name and password (HTTP 407): check proxy-user and"
                        + " proxy-password");
    }
}
