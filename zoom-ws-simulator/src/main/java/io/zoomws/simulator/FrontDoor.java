package io.zoomws.simulator;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether whoever connects is let in. Confined to the event loop. */
final class FrontDoor {

    private final EventExecutor loop;
    private boolean shut;
    private @Nullable ScheduledFuture<?> end;

    FrontDoor(EventExecutor loop) {
        this.loop = loop;
    }

    boolean isShut() {
        return shut;
    }

    void shut(@Nullable Duration lasting) {
        open();
        shut = true;
        if (lasting != null) {
            end = loop.schedule(this::open, lasting.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void open() {
        shut = false;
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }
}
