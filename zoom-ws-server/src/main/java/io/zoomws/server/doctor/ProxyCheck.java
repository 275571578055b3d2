package io.zoomws.server.doctor;

import io.zoomws.auth.Proxy;

/** Judges whether the proxy opens the way to the token server. */
final class ProxyCheck {

    private ProxyCheck() {}

    static Verdict judge(Proxy proxy, Endpoint to, Way way) {
        if (way instanceof Way.Blocked blocked) {
            return Verdict.failure(
                    blocked.message(),
                    "check zoomws.connection.proxy, proxy-user and proxy-password, and ask whoever runs the proxy"
                            + " whether it may connect to " + to);
        }
        return Verdict.ok(
                "the " + proxy.kind() + " proxy " + proxy.host() + ":" + proxy.port() + " opens the way to " + to);
    }

    /**
     * Without a proxy.
     *
     * @param variable whether the environment names one
     */
    static Verdict none(boolean variable) {
        return Verdict.skipped(
                variable
                        ? "none is configured; HTTPS_PROXY is set and not looked at: if Zoom can only be reached through"
                                + " it, set zoomws.connection.proxy"
                        : "none is configured");
    }
}
