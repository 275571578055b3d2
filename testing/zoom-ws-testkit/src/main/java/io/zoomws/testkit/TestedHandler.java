package io.zoomws.testkit;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.RetryLater;
import io.zoomws.spi.ZoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The handler, whatever it throws, and what it was called with. */
final class TestedHandler implements AutoCloseable {

    private final List<Call> calls = new ArrayList<>();
    private EventHandler handler;

    TestedHandler(EventHandler handler) {
        this.handler = handler;
    }

    void replaceBy(EventHandler other) {
        handler = other;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    int batchSize() {
        return handler instanceof BatchHandler batches ? Math.max(1, batches.batchSize()) : 1;
    }

    /** Where the handler says that it stands. */
    OptionalLong position() throws RetryLater {
        if (!(handler instanceof OwnPosition own)) {
            return OptionalLong.empty();
        }
        try {
            return own.position();
        } catch (RetryLater e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the handler's position cannot be read, so a server would not run it", e);
        }
    }

    /** The key of an event; empty also where the handler cannot tell it. */
    Optional<String> key(ZoomEvent event) {
        try {
            return askKey(event);
        } catch (Throwable e) {
            // Told by the call, in which the handler is asked again.
            return Optional.empty();
        }
    }

    /** Whether the handler can tell the key of an event. */
    boolean tellsKey(ZoomEvent event) {
        try {
            askKey(event);
            return true;
        } catch (Throwable e) {
            // Told by the call, in which the handler is asked again.
            return false;
        }
    }

    private Optional<String> askKey(ZoomEvent event) throws Exception {
        return Objects.requireNonNull(handler.key(event), "key() returned null");
    }

    /** Calls once, and keeps what was thrown. */
    Optional<Throwable> call(List<TestEntry> entries, Delivery delivery) {
        Optional<Throwable> thrown = Optional.empty();
        try {
            hand(entries, delivery);
        } catch (Throwable e) {
            // Errors too: they are no more to the host than an exception is.
            thrown = Optional.of(e);
        }
        calls.add(new Call(entries, delivery, thrown));
        return thrown;
    }

    private void hand(List<TestEntry> entries, Delivery delivery) throws Exception {
        if (entries.get(0) instanceof TestGap gap) {
            handler.gap(gap, delivery);
            return;
        }
        List<ZoomEvent> events =
                entries.stream().<ZoomEvent>map(TestEvent.class::cast).toList();
        for (ZoomEvent event : events) {
            askKey(event);
        }
        if (handler instanceof BatchHandler batches) {
            batches.handle(events, delivery);
        } else {
            handler.handle(events.get(0), delivery);
        }
    }

    @Override
    public void close() throws Exception {
        if (handler instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
