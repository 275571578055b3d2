package io.zoomws.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Creates {@code zoomws:} endpoints, and keeps what those with {@code source=live} share. */
@Component("zoomws")
public class ZoomWsComponent extends DefaultComponent {

    @Metadata(
            label = "consumer",
            description =
                    "The data directory for endpoints that name none themselves. Used only where the registry holds"
                            + " no reader for the subscription; needs zoom-ws-journal on the class path.")
    private @Nullable String data;

    @Metadata(
            label = "consumer",
            description = "For source=live: the subscription as the Marketplace shows it, its id or its whole WebSocket"
                    + " URL.")
    private @Nullable String subscriptionId;

    @Metadata(label = "security", description = "For source=live: the client id of the app.")
    private @Nullable String clientId;

    @Metadata(
            label = "security",
            secret = true,
            security = "secret",
            description = "For source=live: the client secret of the app.")
    private @Nullable String clientSecret;

    @Metadata(
            label = "security",
            description = "For source=live: a file that holds the client secret and nothing else, instead of"
                    + " clientSecret. Read when a route starts.")
    private @Nullable String clientSecretFile;

    @Metadata(
            label = "security",
            description =
                    "For source=live: the account id of a Server-to-Server OAuth app; left out for a General app.")
    private @Nullable String accountId;

    @Metadata(
            label = "consumer,advanced",
            defaultValue = "https://zoom.us/oauth/token",
            description = "For source=live: where tokens come from.")
    private String tokenUrl = "https://zoom.us/oauth/token";

    @Metadata(
            label = "consumer,advanced",
            defaultValue = "wss://ws.zoom.us/ws",
            description = "For source=live: where events come from, if subscriptionId is no URL.")
    private String webSocketUrl = "wss://ws.zoom.us/ws";

    @Metadata(
            label = "proxy",
            description = "For source=live: the way to Zoom, for tokens and events alike, as http://host:port or"
                    + " socks5://host:port. It learns host and port, never a secret.")
    private @Nullable String proxy;

    @Metadata(label = "proxy", description = "For source=live: the user name that the proxy asks for.")
    private @Nullable String proxyUser;

    @Metadata(
            label = "proxy",
            secret = true,
            security = "secret",
            description = "For source=live: the password that the proxy asks for.")
    private @Nullable String proxyPassword;

    @Metadata(
            label = "security,advanced",
            defaultValue = "false",
            security = "insecure:ssl",
            description =
                    "For source=live, for tests only: whether webSocketUrl may begin with ws:// to another machine, so"
                            + " that TOKEN AND EVENTS TRAVEL IN THE CLEAR. The client secret never does.")
    private boolean allowInsecure;

    @Metadata(
            label = "consumer",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description = "For source=live: how long entries are kept in the journal; 0 keeps them for ever. Whole"
                    + " segments are removed, whether or not a route has taken their entries.")
    private long retentionMaxAge;

    @Metadata(
            label = "consumer",
            defaultValue = "0",
            description = "For source=live: how many bytes the journal may have; 0 sets no limit. Whole segments are"
                    + " removed, whether or not a route has taken their entries.")
    private long retentionMaxBytes;

    private final LiveFeeds live = new LiveFeeds(() -> getCamelContext().isStarting());

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().addStartupListener(live);
    }

    /** Routes have stopped before, but for exchanges that do not end. */
    @Override
    protected void doStop() throws Exception {
        live.close();
        super.doStop();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isBlank()) {
            throw new IllegalArgumentException(
                    "zoomws: the subscription is missing: write zoomws:NAME, as zoomws:main, with the name of its journal");
        }
        UriSecrets.remove(remaining, parameters);
        ZoomWsEndpoint endpoint = new ZoomWsEndpoint(uri, this, remaining);
        if (data != null) {
            endpoint.getConfiguration().setData(data);
        }
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The feeds of this context. */
    LiveFeeds live() {
        return live;
    }

    /**
     * The data directory for endpoints that name none themselves.
     *
     * @return a path, or null if none was set
     */
    public @Nullable String getData() {
        return data;
    }

    /**
     * The data directory for endpoints that name none themselves.
     *
     * @param data a path, or null if none was set
     */
    public void setData(@Nullable String data) {
        this.data = data;
    }

    /**
     * The subscription that source=live receives.
     *
     * @return its id or URL, or null if none was set
     */
    public @Nullable String getSubscriptionId() {
        return subscriptionId;
    }

    /**
     * The subscription that source=live receives.
     *
     * @param subscriptionId its id or URL, or null if none was set
     */
    public void setSubscriptionId(@Nullable String subscriptionId) {
        this.subscriptionId = subscriptionId;
    }

    /**
     * The client id of the app for source=live.
     *
     * @return the id, or null if none was set
     */
    public @Nullable String getClientId() {
        return clientId;
    }

    /**
     * The client id of the app for source=live.
     *
     * @param clientId the id, or null if none was set
     */
    public void setClientId(@Nullable String clientId) {
        this.clientId = clientId;
    }

    /**
     * The client secret of the app for source=live.
     *
     * @return the secret, or null if none was set
     */
    public @Nullable String getClientSecret() {
        return clientSecret;
    }

    /**
     * The client secret of the app for source=live.
     *
     * @param clientSecret the secret, or null if none was set
     */
    public void setClientSecret(@Nullable String clientSecret) {
        this.clientSecret = clientSecret;
    }

    /**
     * The file that holds the client secret for source=live.
     *
     * @return a path, or null if none was set
     */
    public @Nullable String getClientSecretFile() {
        return clientSecretFile;
    }

    /**
     * The file that holds the client secret for source=live.
     *
     * @param clientSecretFile a path, or null if none was set
     */
    public void setClientSecretFile(@Nullable String clientSecretFile) {
        this.clientSecretFile = clientSecretFile;
    }

    /**
     * The account id of a Server-to-Server OAuth app for source=live.
     *
     * @return the id, or null for a General app
     */
    public @Nullable String getAccountId() {
        return accountId;
    }

    /**
     * The account id of a Server-to-Server OAuth app for source=live.
     *
     * @param accountId the id, or null for a General app
     */
    public void setAccountId(@Nullable String accountId) {
        this.accountId = accountId;
    }

    /**
     * Where source=live gets tokens.
     *
     * @return an absolute URL
     */
    public String getTokenUrl() {
        return tokenUrl;
    }

    /**
     * Where source=live gets tokens.
     *
     * @param tokenUrl an absolute URL
     */
    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = tokenUrl;
    }

    /**
     * Where source=live gets events, if the subscription id is no URL.
     *
     * @return an absolute URL
     */
    public String getWebSocketUrl() {
        return webSocketUrl;
    }

    /**
     * Where source=live gets events, if the subscription id is no URL.
     *
     * @param webSocketUrl an absolute URL
     */
    public void setWebSocketUrl(String webSocketUrl) {
        this.webSocketUrl = webSocketUrl;
    }

    /**
     * The proxy by which source=live reaches Zoom.
     *
     * @return http://host:port or socks5://host:port, or null for none
     */
    public @Nullable String getProxy() {
        return proxy;
    }

    /**
     * The proxy by which source=live reaches Zoom.
     *
     * @param proxy http://host:port or socks5://host:port, or null for none
     */
    public void setProxy(@Nullable String proxy) {
        this.proxy = proxy;
    }

    /**
     * The user name that the proxy asks for.
     *
     * @return a name, or null for none
     */
    public @Nullable String getProxyUser() {
        return proxyUser;
    }

    /**
     * The user name that the proxy asks for.
     *
     * @param proxyUser a name, or null for none
     */
    public void setProxyUser(@Nullable String proxyUser) {
        this.proxyUser = proxyUser;
    }

    /**
     * The password that the proxy asks for.
     *
     * @return a password, or null for none
     */
    public @Nullable String getProxyPassword() {
        return proxyPassword;
    }

    /**
     * The password that the proxy asks for.
     *
     * @param proxyPassword a password, or null for none
     */
    public void setProxyPassword(@Nullable String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    /**
     * Whether source=live may send token and events in the clear to another machine.
     *
     * @return false unless it was set
     */
    public boolean isAllowInsecure() {
        return allowInsecure;
    }

    /**
     * Whether source=live may send token and events in the clear to another machine.
     *
     * @param allowInsecure for tests only
     */
    public void setAllowInsecure(boolean allowInsecure) {
        this.allowInsecure = allowInsecure;
    }

    /**
     * How long source=live keeps entries.
     *
     * @return milliseconds, or 0 for ever
     */
    public long getRetentionMaxAge() {
        return retentionMaxAge;
    }

    /**
     * How long source=live keeps entries.
     *
     * @param retentionMaxAge milliseconds, or 0 for ever
     */
    public void setRetentionMaxAge(long retentionMaxAge) {
        this.retentionMaxAge = retentionMaxAge;
    }

    /**
     * How large source=live lets its journal grow.
     *
     * @return bytes, or 0 for no limit
     */
    public long getRetentionMaxBytes() {
        return retentionMaxBytes;
    }

    /**
     * How large source=live lets its journal grow.
     *
     * @param retentionMaxBytes bytes, or 0 for no limit
     */
    public void setRetentionMaxBytes(long retentionMaxBytes) {
        this.retentionMaxBytes = retentionMaxBytes;
    }
}
