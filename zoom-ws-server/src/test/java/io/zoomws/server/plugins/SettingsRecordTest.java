package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.spi.PluginSettings;
import io.zoomws.spi.Secret;
import io.zoomws.spi.Setting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsRecordTest {

    private static final String DESCRIBE =
            "mend the configuration; 'zoom-ws plugins describe' lists what this plugin takes";

    private final Map<String, RawSettings.Value> values = new LinkedHashMap<>();

    enum Colour {
        RED,
        DEEP_BLUE
    }

    @PluginSettings
    record One<T>(T value) {}

    @PluginSettings
    record Every(
            String text,
            int small,
            long large,
            double share,
            boolean flag,
            Duration pause,
            URI server,
            Path file,
            Secret password,
            Colour colour,
            List<Duration> waits,
            Optional<Colour> maybe,
            Optional<String> replyTo) {}

    @Test
    void everyTypeIsFilled() throws Exception {
        set("text", "0123")
                .set("small", "-5")
                .set("large", "9223372036854775807")
                .set("share", "2.5e-1");
        set("flag", "true")
                .set("pause", "25s")
                .set("server", "https://host/path")
                .set("file", "some/file");
        set("password", "hush")
                .set("colour", "deep-blue")
                .set("waits", "1s, PT2M")
                .set("maybe", "red");
        set("reply-to", "yes");

        assertThat(SettingsRecord.of(Every.class).fill(raw()).settings())
                .isEqualTo(new Every(
                        "0123",
                        -5,
                        Long.MAX_VALUE,
                        0.25,
                        true,
                        Duration.ofSeconds(25),
                        URI.create("https://host/path"),
                        Path.of("some/file"),
                        new Secret("hush"),
                        Colour.DEEP_BLUE,
                        List.of(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                        Optional.of(Colour.RED),
                        Optional.of("yes")));
    }

    @Test
    void everyMistakeIsToldAtOnceWithWhatIsAllowedAndWhereItIsSet() {
        set("small", "2147483648").set("large", "010").set("share", "NaN").set("flag", "yes");
        set("pause", "25 parsecs")
                .set("server", "https://host/a token")
                .set("pasword", "hush")
                .set("colour", "blue");
        set("waits", "1s, soon, later").set("maybe", "").set("nested.name", "x");
        values.put("text", new RawSettings.Value("a,b", true, "c.yaml:3"));

        assertRefused(
                Every.class,
                "14 mistakes in its settings:"
                        + " (1) zoomws.plugins.mail.settings.pasword: unknown; the nearest known one is password"
                        + " (set in c.yaml:7)"
                        + " (2) zoomws.plugins.mail.settings.nested.name: unknown; the nearest known one is share"
                        + " (set in c.yaml:11)"
                        + " (3) zoomws.plugins.mail.settings.text: is a list, where one value is allowed (string)"
                        + " (set in c.yaml:3)"
                        + " (4) zoomws.plugins.mail.settings.small: '2147483648' is out of range:"
                        + " from -2147483648 to 2147483647 is allowed (set in c.yaml:1)"
                        + " (5) zoomws.plugins.mail.settings.large: '010' is no whole number such as 25 (set in c.yaml:2)"
                        + " (6) zoomws.plugins.mail.settings.share: 'NaN' is no number such as 2.5 (set in c.yaml:3)"
                        + " (7) zoomws.plugins.mail.settings.flag: 'yes' is neither true nor false (set in c.yaml:4)"
                        + " (8) zoomws.plugins.mail.settings.pause: '25 parsecs' is no duration: use a number with ms, s, m,"
                        + " h or d such as 25s, or ISO-8601 such as PT25S (set in c.yaml:5)"
                        + " (9) zoomws.plugins.mail.settings.server: this is no address such as https://host/path"
                        + " (set in c.yaml:6)"
                        + " (10) zoomws.plugins.mail.settings.file: missing; it must be set (path)"
                        + " (11) zoomws.plugins.mail.settings.password: missing; it must be set (secret), here or in a file"
                        + " that password-file names"
                        + " (12) zoomws.plugins.mail.settings.colour: 'blue' is none of red, deep-blue (set in c.yaml:8)"
                        + " (13) zoomws.plugins.mail.settings.waits: 'soon' is no duration: use a number with ms, s, m,"
                        + " h or d such as 25s, or ISO-8601 such as PT25S (set in c.yaml:9)"
                        + " (14) zoomws.plugins.mail.settings.waits: 'later' is no duration: use a number with ms, s, m,"
                        + " h or d such as 25s, or ISO-8601 such as PT25S (set in c.yaml:9)",
                DESCRIBE);
    }

    @Test
    void aValueOfTheWrongTypeIsRefused() {
        record Ints(int value) {}
        for (String wrong : List.of("+5", "5.0", "٥", "0x5", "-0", "-", "1e3", "1_000")) {
            assertMistake(Ints.class, wrong, "'" + wrong + "' is no whole number such as 25");
        }
        record Longs(long value) {}
        assertMistake(
                Longs.class,
                "-9223372036854775809",
                "'-9223372036854775809' is out of range: from -9223372036854775808 to 9223372036854775807 is allowed");
        record Doubles(double value) {}
        for (String wrong : List.of("Infinity", "1e999", "2d", ".5", "0x1p3", "1,5")) {
            assertMistake(Doubles.class, wrong, "'" + wrong + "' is no number such as 2.5");
        }
        record Flags(boolean value) {}
        assertMistake(Flags.class, "True", "'True' is neither true nor false");
        record Addresses(URI value) {}
        assertMistake(Addresses.class, "https://host/?token=hush hush", "this is no address such as https://host/path");
        record Paths(Path value) {}
        assertMistake(Paths.class, "a\0b", "'a b' is no path");
        record Colours(Colour value) {}
        assertMistake(Colours.class, "RED", "'RED' is none of red, deep-blue");
        record Waits(List<Duration> value) {}
        assertMistake(
                Waits.class,
                "1s,x",
                "'x' is no duration: use a number with ms, s, m, h or d such as 25s, or ISO-8601 such as PT25S");
    }

    @Test
    void whatIsNotSetIsItsStandardOrEmptyOrMissing() throws Exception {
        record Some(
                @Setting(standard = "30s", text = "until it is given up")
                Duration timeout,

                Optional<Path> file,
                List<Integer> ports,
                @Setting(standard = "1,2") List<Long> sizes,
                @Setting(standard = "red") Optional<Colour> colour,
                @Setting(standard = "") String greeting) {}
        set("timeout", " ").set("file", "");

        assertThat(SettingsRecord.of(Some.class).fill(raw()).settings())
                .isEqualTo(new Some(
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        List.of(),
                        List.of(1L, 2L),
                        Optional.of(Colour.RED),
                        ""));
    }

    @Test
    void whatIsMissingIsToldWithItsTypeAndText() {
        record Needs(@Setting(text = "where mails are sent") URI server, Secret password, Colour colour) {}

        assertRefused(
                Needs.class,
                "3 mistakes in its settings: (1) zoomws.plugins.mail.settings.server: missing; it must be set (uri: where"
                        + " mails are sent) (2) zoomws.plugins.mail.settings.password: missing; it must be set (secret), here"
                        + " or in a file that password-file names (3) zoomws.plugins.mail.settings.colour: missing; it must"
                        + " be set (one of red, deep-blue)",
                DESCRIBE);
    }

    @Test
    void aSecretMayBeInAFile(@TempDir Path folder) throws Exception {
        record Login(Secret password) {}
        Path file = Files.writeString(folder.resolve("secret"), " from file\n");
        set("password-file", file.toString());

        assertThat(SettingsRecord.of(Login.class).fill(raw()).settings()).isEqualTo(new Login(new Secret("from file")));

        set("password", "hush");
        assertMistakes(Login.class, "password-file: password is set too: use one of the two (set in c.yaml:1)");
        values.remove("password");
        Files.writeString(file, "");
        assertMistakes(
                Login.class,
                "password-file: the file " + file + " is empty: it must hold the secret (set in c.yaml:1)");
        Files.delete(file);
        assertMistakes(
                Login.class,
                "password-file: the file " + file + " cannot be read (NoSuchFileException) (set in c.yaml:1)");
    }

    @Test
    void whatTheRecordDoesNotAcceptIsToldInItsWordsWithoutSecrets() {
        record Login(Secret password, List<Secret> others) {
            Login {
                throw new IllegalArgumentException("too\nshort: " + password.reveal() + ", "
                        + others.get(0).reveal());
            }
        }
        set("password", "hush").set("others", "hush hush,x");

        assertRefused(
                Login.class,
                "it does not accept its settings: too short: ***, ***",
                "mend zoomws.plugins.mail.settings");
    }

    @Test
    void whateverElseARecordThrowsIsToldWithoutSecrets() {
        record Broken(Secret password) {
            Broken {
                throw new StackOverflowError("deep in " + password.reveal());
            }
        }
        record Silent(Secret password) {
            Silent {
                throw new IllegalArgumentException();
            }
        }
        set("password", "hush");

        assertRefused(
                Broken.class,
                "its settings " + Broken.class.getName()
                        + " cannot be built (java.lang.StackOverflowError: deep in ***)",
                "mend its constructor");
        assertRefused(
                Silent.class,
                "its settings " + Silent.class.getName() + " cannot be built (java.lang.IllegalArgumentException)",
                "mend its constructor");
    }

    @Test
    void aSecretIsMaskedBeforeALongMessageIsCut() {
        record Long(Secret password) {
            Long {
                throw new IllegalArgumentException("x".repeat(297) + password.reveal());
            }
        }
        set("password", "hush");

        assertRefused(
                Long.class,
                "it does not accept its settings: " + "x".repeat(297) + "***",
                "mend zoomws.plugins.mail.settings");
    }

    @Test
    void aRecordWithAComponentThatCanBeNoSettingIsRefused() {
        record Maps(Map<String, String> value) {}
        record Deep(List<Optional<String>> value) {}
        record Raw(@SuppressWarnings("rawtypes") List value) {}
        assertUnusable(
                Maps.class,
                "component value is a java.util.Map<java.lang.String, java.lang.String>, which no setting can be");
        assertUnusable(
                Deep.class,
                "component value is a java.util.List<java.util.Optional<java.lang.String>>, which no setting can be");
        assertUnusable(Raw.class, "component value is a java.util.List, which no setting can be");
        assertUnusable(One.class, "component value is a T, which no setting can be");
        assertUnusable(String.class, "it is no record");
    }

    @Test
    void twoSettingsOfOneSpelledNameAreRefused() {
        record Twice(String replyTo, String reply_to) {}
        record File(Secret password, Path passwordFile) {}
        assertUnusable(Twice.class, "components replyTo and reply_to are both spelled reply-to");
        assertUnusable(File.class, "components password and passwordFile are both spelled password-file");
    }

    @Test
    void aStandardThatIsWrongIsRefused() {
        record Wrong(@Setting(standard = "0,5") double share) {}
        assertUnusable(Wrong.class, "component share has a standard that is wrong: '0,5' is no number such as 2.5");
    }

    @Test
    void namesAreSpelledWithHyphens() {
        assertThat(List.of("replyTo", "URL", "baseURLOfX", "x2y", "top10List", "reply_to"))
                .extracting(SettingComponent::spelled)
                .containsExactly("reply-to", "url", "base-url-of-x", "x2y", "top10-list", "reply-to");
    }

    @Test
    void noValueShowsItselfByAccident() {
        set("password", "hush");

        assertThat(raw()).hasToString("zoomws.plugins.mail.settings[password]");
        assertThat(raw().values()).hasToString("{password=*** (set in c.yaml:1)}");
    }

    private SettingsRecordTest set(String name, String text) {
        values.put(name, new RawSettings.Value(text, false, "c.yaml:" + (values.size() + 1)));
        return this;
    }

    private RawSettings raw() {
        return new RawSettings("zoomws.plugins.mail.settings", values);
    }

    private void assertMistake(Class<?> type, String value, String message) {
        values.clear();
        set("value", value);
        assertMistakes(type, "value: " + message + " (set in c.yaml:1)");
    }

    private void assertMistakes(Class<?> type, String problem) {
        assertRefused(type, "1 mistake in its settings: zoomws.plugins.mail.settings." + problem, DESCRIBE);
    }

    private void assertUnusable(Class<?> type, String why) {
        assertRefused(
                type,
                "its settings " + type.getName() + " cannot be used: " + why,
                "mend this class; PluginSettings says what it may hold");
    }

    private void assertRefused(Class<?> type, String what, String remedy) {
        AbstractThrowableAssert<?, ?> refused =
                assertThatThrownBy(() -> SettingsRecord.of(type).fill(raw()));
        refused.isInstanceOf(Refusal.class).hasNoCause().hasMessage(what);
        refused.extracting(thrown -> ((Refusal) thrown).remedy()).isEqualTo(remedy);
    }
}
