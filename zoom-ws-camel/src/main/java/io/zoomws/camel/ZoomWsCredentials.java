package io.zoomws.camel;

import org.jspecify.annotations.Nullable;

/**
 * The app by which {@code source=live} receives one subscription. Bound in Camel's registry as {@code
 * zoomws-credentials-<subscription>}, it stands in place of the component's options, so that one context can serve several
 * subscriptions.
 *
 * @param subscriptionId as the Marketplace shows it, or the whole WebSocket URL
 * @param clientId of the app
 * @param clientSecret of the app; no text of this record shows it
 * @param accountId of a Server-to-Server OAuth app; null for a General app
 */
public record ZoomWsCredentials(
        String subscriptionId,
        String clientId,
        String clientSecret,
        @Nullable String accountId) {

    /** Without what is secret, or may be: users paste whole URLs. */
    @Override
    public String toString() {
        return "ZoomWsCredentials[clientId=" + clientId + ", others not shown]";
    }
}
