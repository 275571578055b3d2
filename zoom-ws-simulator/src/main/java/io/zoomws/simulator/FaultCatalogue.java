package io.zoomws.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every fault that a script may name, and how it is written. FAULTS.md has an example of each; a test compares the two. */
final class FaultCatalogue {

    /** A topic that is rude to terminals, loggers and pages. */
    private static final String HOSTILE_TOPIC =
            "${jndi:ldap://127.0.0.1/a} \u001b[2J\u001b]0;owned\u0007 <script>alert(1)</script> \r\n\u0000\u202e' OR 1=1 --";

    private static final int MOST_BYTES = 200_000_000;

    static final Map<String, FaultKind> KINDS = new TreeMap<>();

    static {
        server();
        link();
        connection();
        handshake();
        confirmation();
        token();
        event();
    }

    private FaultCatalogue() {}

    private static void add(String name, String shorthand, Function<ScriptMapping, Fault> reader) {
        KINDS.put(name, new FaultKind(name, shorthand, reader));
    }

    private static void add(String name, Fault fault) {
        add(name, "", keys -> fault);
    }

    private static void server() {
        add("accept-and-close", new ServerFault.AcceptAndClose());
        add("expire-tokens", new ServerFault.ExpireTokens());
    }

    private static void link() {
        add("reset", new LinkFault.Reset());
        add("drop", new LinkFault.Drop());
        add("half-close", new LinkFault.HalfClose());
        add("mute", new LinkFault.Mute());
        add("deaf", new LinkFault.Deaf());
        add("stall", new LinkFault.Stall());
    }

    private static void connection() {
        add("close", "code", keys -> new ConnectionFault.Close(code(keys), reason(keys)));
        add("close-at-expiry", "code", keys -> new ConnectionFault.CloseAtExpiry(code(keys), reason(keys)));
        add("kick", "style", keys -> new ConnectionFault.Kick(keys.choice("style", KickStyle.class, KickStyle.FRAME)));
        add("ignore-heartbeats", new ConnectionFault.IgnoreHeartbeats());
        add(
                "silence-limit",
                "limit",
                keys -> new ConnectionFault.SilenceLimit(positive(keys, "limit", Duration.ofSeconds(60))));
        add("odd-frame", "kind", FaultCatalogue::oddFrame);
        add("frame", "text", keys -> new FrameFault.Own(required(keys, "text")));
        add(
                "overlap",
                "events",
                keys -> new OverlapFault(keys.choice("events", OverlapFault.Sharing.class, OverlapFault.Sharing.BOTH)));
    }

    private static int code(ScriptMapping keys) {
        if (keys.text("code", "1000").equals("none")) {
            if (keys.has("reason")) {
                keys.complain("reason", "needs a code");
            }
            return 0;
        }
        return (int) keys.whole("code", 1000, 1, 65_535);
    }

    private static String reason(ScriptMapping keys) {
        String reason = keys.text("reason", "");
        if (reason.getBytes(StandardCharsets.UTF_8).length > 123) {
            keys.complain("reason", "has at most 123 bytes in UTF-8: a control frame holds no more");
            return "";
        }
        return reason;
    }

    private static Fault oddFrame(ScriptMapping keys) {
        if (!keys.has("kind")) {
            keys.complain("needs 'kind'");
        }
        OddFrame kind = keys.choice("kind", OddFrame.class, OddFrame.EMPTY);
        int size = kind.standardSize();
        if (keys.has("size")) {
            if (size == 0) {
                keys.complain("size", "does not go with " + ScriptMapping.word(kind));
            }
            size = keys.size("size", size, MOST_BYTES);
        }
        return new FrameFault(kind, size);
    }

    private static void handshake() {
        add("handshake-status", "status", keys -> new HandshakeFault.UpgradeStatus(answer(keys, 502)));
        add("handshake-redirect", "location", keys -> new HandshakeFault.UpgradeStatus(redirect(keys)));
        add("handshake-wrong-accept", new HandshakeFault.WrongAccept());
        add("handshake-silent", new HandshakeFault.UpgradeSilent());
        add("handshake-drop", new HandshakeFault.UpgradeHangUp(false));
        add("handshake-reset", new HandshakeFault.UpgradeHangUp(true));
    }

    private static void confirmation() {
        add("refuse", "text", keys -> new HandshakeFault.Refuse(keys.text("text", Frames.TOKEN_INVALID)));
        add("confirm-never", new HandshakeFault.ConfirmNever());
        add(
                "confirm-late",
                "delay",
                keys -> new HandshakeFault.ConfirmLate(keys.duration("delay", Duration.ofSeconds(5))));
        add("confirm-twice", new HandshakeFault.ConfirmTwice());
        add(
                "confirm-malformed",
                "text",
                keys -> new HandshakeFault.ConfirmMalformed(
                        keys.text("text", "{\"module\":\"build_connection\",\"content\":[],\"success\":\"perhaps\"}")));
    }

    private static void token() {
        add("token-status", "status", FaultCatalogue::tokenStatus);
        add(
                "token-redirect",
                "location",
                keys -> new TokenFault.TokenStatus(redirect(keys), null, TokenFault.RetryFormat.SECONDS));
        add("token-html", new TokenFault.TokenStatus(HttpAnswer.html(200), null, TokenFault.RetryFormat.SECONDS));
        add(
                "token-wrong-types",
                new TokenFault.TokenStatus(
                        HttpAnswer.json(
                                200,
                                "{\"access_token\":12345,\"token_type\":[],\"expires_in\":\"soon\",\"scope\":false}"),
                        null,
                        TokenFault.RetryFormat.SECONDS));
        add("token-drop", new TokenFault.TokenHangUp(false));
        add("token-reset", new TokenFault.TokenHangUp(true));
        add("token-silent", new TokenFault.TokenSilent());
        add("token-endless", new TokenFault.TokenEndless());
        add("token-ends-old", new TokenFault.TokenEndsOld());
        add("token-delay", "delay", keys -> new TokenFault.TokenDelay(keys.duration("delay", Duration.ofSeconds(5))));
        add(
                "token-drip",
                "interval",
                keys -> new TokenFault.TokenDrip(positive(keys, "interval", Duration.ofSeconds(1))));
        add("token-life", "life", keys -> new TokenFault.TokenLife(positive(keys, "life", Duration.ofSeconds(60))));
    }

    private static Fault tokenStatus(ScriptMapping keys) {
        HttpAnswer answer = answer(keys, 500);
        @Nullable Duration wait = keys.duration("retry-after");
        TokenFault.RetryFormat format =
                keys.choice("format", TokenFault.RetryFormat.class, TokenFault.RetryFormat.SECONDS);
        if (wait == null && keys.has("format")) {
            keys.complain("format", "is that of 'retry-after': say that too");
        }
        return new TokenFault.TokenStatus(answer, wait, format);
    }

    private static HttpAnswer answer(ScriptMapping keys, int standard) {
        int status = (int) keys.whole("status", standard, 200, 599);
        return HttpAnswer.json(
                status, keys.text("body", "{\"reason\":\"simulated fault\",\"error\":\"status " + status + "\"}"));
    }

    private static HttpAnswer redirect(ScriptMapping keys) {
        return HttpAnswer.redirect((int) keys.whole("status", 302, 300, 399), header(keys, "location"));
    }

    private static String header(ScriptMapping keys, String key) {
        String value = required(keys, key);
        if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
            keys.complain(key, "must be printable ASCII without spaces");
            return "";
        }
        return value;
    }

    private static void event() {
        add("event-delay", "delay", keys -> new EventFault.EventDelay(keys.duration("delay", Duration.ofSeconds(5))));
        add(
                "event-repeat",
                "copies",
                keys -> new EventFault.EventRepeat(
                        (int) keys.whole("copies", 1, 1, 1_000),
                        keys.choice("on", RepeatOn.class, RepeatOn.SAME_CONNECTION) == RepeatOn.NEXT_CONNECTION,
                        keys.flag("fresh-download-token")));
        add(
                "event-reorder",
                "window",
                keys -> new EventFault.EventReorder(
                        (int) keys.whole("window", 2, 2, 10_000), positive(keys, "within", Duration.ofSeconds(5))));
        add("event-lose", new EventFault.EventLose());
        add(
                "event-fragment",
                "bytes",
                keys -> new EventFault.EventFragment(keys.size("bytes", 1, MOST_BYTES), keys.flag("pings")));
        add("event-object", new EventFault.EventObject());
        add("event-bare", new EventFault.EventBare());
        add("event-binary", new EventFault.EventBinary());
        add("event-topic", "text", keys -> new EventFault.EventTopic(keys.text("text", HOSTILE_TOPIC)));
    }

    private enum RepeatOn {
        SAME_CONNECTION,
        NEXT_CONNECTION
    }

    private static Duration positive(ScriptMapping keys, String key, Duration standard) {
        Duration duration = keys.duration(key, standard);
        if (duration.isZero()) {
            keys.complain(key, "must be more than 0");
            return standard;
        }
        return duration;
    }

    private static String required(ScriptMapping keys, String key) {
        if (!keys.has(key)) {
            keys.complain("needs '" + key + "'");
        }
        return keys.text(key, "");
    }
}
