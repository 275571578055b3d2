package io.zoomws.camel;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps secrets out of endpoint URIs, which Camel logs, lists and counts by. */
final class UriSecrets {

    private static final Set<String> NAMES =
            Set.of("clientsecret", "accesstoken", "token", "secret", "password", "authorization");

    private static final Logger log = LoggerFactory.getLogger(UriSecrets.class);

    private UriSecrets() {}

    /** Takes secrets out of the parameters of a URI and warns of each, without its value. */
    static void remove(String subscription, Map<String, Object> parameters) {
        parameters.keySet().removeIf(name -> {
            boolean secret = NAMES.contains(name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT));
            if (secret) {
                log.warn(
                        "zoomws:{}: {} is not used from a URI, where others can read it: take it out, change that secret, and set"
                                + " clientSecret on the component",
                        subscription,
                        name);
            }
            return secret;
        });
    }
}
