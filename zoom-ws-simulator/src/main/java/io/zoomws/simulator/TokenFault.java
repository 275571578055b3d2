package io.zoomws.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fault of one answer of the token endpoint. */
sealed interface TokenFault extends Fault {

    /** Answers, or does not. */
    void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint);

    @Override
    default Place subject() {
        return Place.TOKEN;
    }

    /** How a {@code Retry-After} is written. */
    enum RetryFormat {
        /** As seen most. */
        SECONDS,
        /** ISO-8601, as Zoom's API does. */
        DATE_TIME,
        /** As RFC 9110 says. */
        HTTP_DATE
    }

    /** Some other answer. */
    record TokenStatus(HttpAnswer answer, @Nullable Duration retryAfter, RetryFormat format) implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            endpoint.refusedOne();
            Map<String, String> headers = new HashMap<>(answer.headers());
            if (retryAfter != null) {
                headers.put("retry-after", written(retryAfter, endpoint.now().plus(retryAfter)));
            }
            exchange.answer(new HttpAnswer(answer.status(), headers, answer.body()));
        }

        private String written(Duration wait, Instant until) {
            return switch (format) {
                case SECONDS -> Long.toString(wait.toSeconds());
                case DATE_TIME -> until.truncatedTo(ChronoUnit.SECONDS).toString();
                case HTTP_DATE -> DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atZone(ZoneOffset.UTC));
            };
        }
    }

    /** RST or FIN instead of an answer. */
    record TokenHangUp(boolean reset) implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            endpoint.refusedOne();
            exchange.hangUp(reset);
        }
    }

    /** No answer, ever. */
    record TokenSilent() implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            endpoint.refusedOne();
        }
    }

    /** The right answer, late. */
    record TokenDelay(Duration delay) implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            exchange.later(delay, () -> exchange.answer(endpoint.answer(request)));
        }
    }

    /** The right answer, a byte at a time. */
    record TokenDrip(Duration interval) implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            exchange.drip(endpoint.answer(request), interval);
        }
    }

    /** The right answer, and then more without end. */
    record TokenEndless() implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            exchange.endless(endpoint.answer(request));
        }
    }

    /** A good token with another life. */
    record TokenLife(Duration life) implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            exchange.answer(endpoint.answer(request, life, false));
        }
    }

    /** A good token that ends all earlier ones. */
    record TokenEndsOld() implements TokenFault {
        @Override
        public void strike(HttpExchange exchange, TokenRequest request, TokenEndpoint endpoint) {
            exchange.answer(endpoint.answer(request, endpoint.life(), true));
        }
    }
}
