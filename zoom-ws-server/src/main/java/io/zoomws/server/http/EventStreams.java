package io.zoomws.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.zoomws.server.StopRequest;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers {@code /api/v1/events/stream} with server-sent events (HTML Living Standard, section 9.2). There are {@link #MOST} streams
 * at most, each with a thread of its own, so that none holds up another or a thread that answers requests.
 */
final class EventStreams implements AutoCloseable {

    static final List<String> PARAMETERS = parameters();

    private static final int MOST = 16;
    private static final String CONTENT_TYPE = "text/event-stream";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    /** So long a reader may take nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration TO_END = Duration.ofSeconds(1);

    private final Subscriptions subscriptions;
    private final Semaphore free = new Semaphore(MOST);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Waiting<Runnable> writing = new Waiting<>(System::nanoTime, PATIENCE.toNanos(), Runnable::run);
    private final AtomicLong number = new AtomicLong();
    private final StopRequest stop = new StopRequest();

    EventStreams(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    private static List<String> parameters() {
        List<String> names = new ArrayList<>(List.of("subscription", "from"));
        names.addAll(EntryChoice.PARAMETERS);
        return List.copyOf(names);
    }

    void answer(Context request) throws IOException {
        Parameters parameters = new Parameters(request);
        JournalReader reader =
                subscriptions.choose(parameters.text("subscription")).reader();
        EntryChoice choice = EntryChoice.of(parameters, Caller.of(request));
        long from = reader.resolve(begin(request, parameters));
        if (request.method().equals(HandlerType.HEAD)) {
            request.contentType(CONTENT_TYPE).result("");
            return;
        }
        if (!free.tryAcquire()) {
            throw new ProblemException(Problem.busy("there are " + MOST + " streams already"));
        }
        boolean started = false;
        try {
            request.res().setContentType(CONTENT_TYPE);
            EventStream stream = new EventStream(reader, choice, from, output(request), stop);
            CompletableFuture<Void> end = start(stream);
            started = true;
            request.future(() -> end);
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    private OutputStream output(Context request) throws IOException {
        Runnable cut = request.attribute(RequestGuard.CUT);
        if (cut == null) {
            throw new IllegalStateException("nobody has said how the connection is cut");
        }
        return new WatchedOutput(request.res().getOutputStream(), writing, cut);
    }

    /** Cuts readers that take nothing. To be called now and then. */
    void sweep() {
        writing.sweep();
    }

    /** What a browser has seen last, when it connects again, counts for more than where it once began. */
    private static Position begin(Context request, Parameters parameters) {
        String last = Optional.ofNullable(request.header(LAST_EVENT_ID)).orElse("");
        Position from = parameters.position("from").orElse(Position.LATEST);
        if (last.isEmpty()) {
            return from;
        }
        if (!last.matches("[0-9]{1,18}")) {
            throw new ProblemException(
                    Problem.badRequest(LAST_EVENT_ID + " must be the id of an event of this stream"));
        }
        return new Position.Sequence(Long.parseLong(last) + 1);
    }

    private CompletableFuture<Void> start(EventStream stream) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        stream.run();
                    } finally {
                        free.release();
                        threads.remove(Thread.currentThread());
                        end.complete(null);
                    }
                },
                "http-stream-" + number.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return end;
    }

    /** Ends all streams; waits a moment for their threads, which read journals that are to be closed. */
    @Override
    public void close() {
        stop.request();
        try {
            for (Thread thread : threads) {
                thread.join(TO_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
