package io.zoomws.server;

import io.zoomws.journal.Durability;
import io.zoomws.server.config.EffectiveSetting;
import io.zoomws.server.config.LoadedConfiguration;
import io.zoomws.server.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** What is said once at start about the way to Zoom: who has weakened it shall read so, not only whoever wrote the file. */
public final class StartNotices {

    private StartNotices() {}

    /** What somebody has said, and where; what nobody has said is as the reference tells. */
    static List<String> settings(LoadedConfiguration configuration) {
        List<EffectiveSetting> said = configuration.said();
        int standard = configuration.effective().size() - said.size();
        List<String> lines = new ArrayList<>();
        lines.add("settings: " + said.size() + " set, " + standard
                + " as they are when nothing is said; 'zoom-ws config show' prints all");
        said.forEach(setting -> lines.add("setting " + setting));
        return lines;
    }

    /**
     * What is weaker than it could be.
     *
     * @param settings of a server
     * @return one line for each such thing, with what to do
     */
    public static List<String> warnings(Settings settings) {
        List<String> lines = new ArrayList<>();
        Durability durability = settings.storage().durability();
        if (!durability.isStrict()) {
            lines.add("zoomws.journal.durability is " + durability.text()
                    + ": A POWER CUT LOSES EVENTS that plugins were handed already; remove it unless that is meant");
        }
        if (!settings.connection().allowInsecure()) {
            return lines;
        }
        lines.add(
                "zoomws.connection.allow-insecure is true: a websocket-url with ws:// is accepted to any host, for tests"
                        + " only; remove it where events or tokens are real");
        for (Settings.Subscription subscription : settings.subscriptions()) {
            if (subscription.webSocketUrl().getScheme().equalsIgnoreCase("ws")) {
                lines.add("subscription " + subscription.name() + ": ACCESS TOKEN AND EVENTS TRAVEL IN THE CLEAR to "
                        + subscription.webSocketUrl().getHost());
            }
        }
        return lines;
    }

    /** What is not as usual on the way. */
    static List<String> way(Settings settings) {
        List<String> lines = new ArrayList<>();
        settings.connection()
                .transport()
                .proxy()
                .ifPresent(proxy -> lines.add(
                        "Zoom is reached through the " + proxy.kind() + " proxy " + proxy.host() + ":" + proxy.port()
                                + (proxy.credentials().isPresent() ? ", with user name and password" : "")));
        settings.connection()
                .transport()
                .trusted()
                .ifPresent(trusted -> lines.add("trusted instead of the JDK's certificates: " + trusted));
        return lines;
    }
}
