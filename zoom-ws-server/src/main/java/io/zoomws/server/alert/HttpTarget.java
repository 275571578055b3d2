package io.zoomws.server.alert;

import io.zoomws.auth.JsonPost;
import java.io.IOException;

/** Tells an address, which may be a secret: nothing of it is in any message. */
final class HttpTarget implements AlertTarget {

    private final JsonPost post;

    HttpTarget(JsonPost post) {
        this.post = post;
    }

    @Override
    public void tell(Alert alert) throws AlertException, InterruptedException {
        try {
            post.send(AlertJson.of(alert));
        } catch (IOException e) {
            throw new AlertException(String.valueOf(e.getMessage()));
        }
    }
}
