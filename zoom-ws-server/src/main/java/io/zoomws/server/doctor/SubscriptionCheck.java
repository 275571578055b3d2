package io.zoomws.server.doctor;

/** Judges the form of a subscription's id; whether there is such a subscription, only a connection tells. */
final class SubscriptionCheck {

    /** As Zoom's Marketplace shows them. */
    private static final int USUAL_LENGTH = 22;

    private SubscriptionCheck() {}

    static Verdict judge(String subscriptionId) {
        if (subscriptionId.length() == USUAL_LENGTH) {
            return Verdict.ok("the subscription id has the form of Zoom's");
        }
        return Verdict.warning(
                "the subscription id has " + subscriptionId.length() + " characters, and Zoom's have " + USUAL_LENGTH,
                "copy it again: it is what follows subscriptionId= in the WebSocket URL of the app's event subscription");
    }
}
