package io.zoomws.camel;

import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps secrets out of endpoint URIs, which Camel logs, lists and counts by. */
final class UriSecrets {

    /** No option of an endpoint has such a name, and what Camel does not know it prints with its value. */
    private static final Pattern NAMES =
            Pattern.compile("secret|token$|passw|credential|authorization", Pattern.CASE_INSENSITIVE);

    private static final Logger log = LoggerFactory.getLogger(UriSecrets.class);

    private UriSecrets() {}

    /** Takes secrets out of the parameters of a URI and warns of each, without its value. */
    static void remove(String subscription, Map<String, Object> parameters) {
        parameters.keySet().removeIf(name -> {
            boolean secret = NAMES.matcher(name).find();
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
