package io.zoomws.spi.events;

import java.util.Optional;

/**
 * Who did what an event tells of.
 *
 * @param operator address of the user
 * @param operatorId user id; empty where an app did it
 */
public record Operator(Optional<String> operator, Optional<String> operatorId) {

    static Operator read(Fields payload) {
        return new Operator(payload.text("operator"), payload.text("operator_id"));
    }
}
