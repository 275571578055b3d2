package io.zoomws.camel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** Waits for what no latch tells. */
final class Waiting {

    private Waiting() {}

    static void until(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("waited in vain for 40 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Until Camel, asked to stop, has suspended the consumer of the route {@code r}; then it waits for exchanges. */
    static void untilSuspended(CamelContext context) {
        ZoomWsConsumer consumer = (ZoomWsConsumer) context.getRoute("r").getConsumer();
        until(consumer::isSuspendingOrSuspended);
    }
}
