package io.zoomws.camel;

import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Tells Camel's health checks of a consumer that is started and yet cannot deliver. */
final class ConsumerHealth implements HealthCheck {

    private final ZoomWsConsumer consumer;
    private volatile boolean enabled = true;

    ConsumerHealth(ZoomWsConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public String getId() {
        return "zoomws-consumer-" + consumer.getRouteId();
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean now) {
        enabled = now;
    }

    /** A restart would not help: what failed is tried again as it is. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result =
                HealthCheckResultBuilder.on(this).detail(ENDPOINT_URI, consumer.getEndpoint());
        // A standby does what it is there for, so it is up.
        consumer.standingBy().ifPresent(cursor -> result.detail("standby", cursor));
        Throwable failure = consumer.failure();
        if (failure == null) {
            return consumer.trouble()
                    .map(trouble -> result.down().message("nothing is received at the moment: " + trouble))
                    .orElseGet(result::up)
                    .build();
        }
        // Not the exception itself: what others than a journal say may quote an event.
        return result.down()
                .message("nothing is delivered at the moment: " + Causes.line(failure))
                .build();
    }
}
