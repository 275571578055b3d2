package io.zoomws.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.zoomws.journal.Journals;
import io.zoomws.simulator.FaultScript;
import io.zoomws.simulator.SimulatorSettings;
import io.zoomws.simulator.ZoomSimulator;
import io.zoomws.spi.Entry;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Tailer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every fault that the simulator knows, done to a feed while every logger is at TRACE: no secret, no token and nothing of a
 * payload is in a log line, an exception, a thread's name or in what the journal says about connections.
 */
@Timeout(300)
class SecrecyTest {

    private static final Path CATALOGUE = Path.of("..", "zoom-ws-simulator", "FAULTS.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(faults:\n.*?)```", Pattern.DOTALL);
    private static final String EVENT =
            "{\"event\":\"recording.completed\",\"event_ts\":%d,\"download_token\":\"canary-download\","
                    + "\"payload\":{\"object\":{\"topic\":\"canary-topic\",\"password\":\"canary-password\"}}}";

    /** Every token of the simulator's begins so. */
    private static final String TOKEN = "eyJhbGciOiJIUzUxMiJ9";

    @TempDir
    private Path data;

    private final AtomicInteger canaries = new AtomicInteger();

    @Test
    void noCanaryIsSaidAnywhereWhateverGoesWrong() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        Queue<String> said = new ConcurrentLinkedQueue<>();
        List<String> examples = examples();
        ExecutorService runners = Executors.newFixedThreadPool(4);
        SimulatorSettings settings = SimulatorSettings.standard().withEventsPerSecond(0);
        try {
            // Each its own feed: one that was told to wait for half a minute would sleep through the rest. Several at a
            // time, since most of it is waiting.
            List<Future<?>> done = new ArrayList<>();
            for (String example : examples) {
                Path folder = data.resolve("example-" + done.size());
                done.add(runners.submit(() -> {
                    try (ZoomSimulator zoom = ZoomSimulator.start(settings);
                            ImpatientFeed feed = ImpatientFeed.start(zoom, folder, sink -> sink)) {
                        suffer(zoom, feed, example);
                        Thread.getAllStackTraces().keySet().forEach(thread -> said.add(thread.getName()));
                        said.add(feed.connection().status().toString());
                    }
                    return said.addAll(notes(folder));
                }));
            }
            for (Future<?> example : done) {
                example.get();
            }
        } finally {
            runners.shutdownNow();
            root.setLevel(before);
            root.detachAppender(log);
        }
        log.list.forEach(event ->
                said.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy())));

        String basic = Base64.getEncoder()
                .encodeToString((settings.clientId() + ":" + settings.clientSecret()).getBytes(StandardCharsets.UTF_8));
        assertThat(examples).as("the whole catalogue").hasSizeGreaterThan(45);
        assertThat(log.list.size()).as("lines logged at TRACE").isGreaterThan(300);
        assertThat(canaries.get()).as("events with canaries that arrived").isPositive();
        assertThat(said)
                .noneMatch(text -> text.contains("canary-"))
                .noneMatch(text -> text.contains(TOKEN))
                .noneMatch(text -> text.contains(settings.clientSecret()))
                .noneMatch(text -> text.contains(basic));
    }

    private static List<String> examples() throws Exception {
        return EXAMPLE.matcher(Files.readString(CATALOGUE))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();
    }

    /** Lets a fault happen at whichever moment it waits for: the next token, handshake, connection and event. */
    private static void suffer(ZoomSimulator zoom, ImpatientFeed feed, String example) throws InterruptedException {
        zoom.inject(FaultScript.of(example));
        boolean token = example.contains("token:");
        if (token) {
            zoom.inject(FaultScript.of("faults: [ { event: 1, expire-tokens: } ]"));
        }
        for (int i = 0; i < 10; i++) {
            zoom.send(EVENT.formatted(System.nanoTime()));
            if (i % 3 == 0) {
                feed.connection().renew("the test asked for it");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** What the journal says in our own words; frames are there to hold payloads. */
    private List<String> notes(Path folder) {
        List<String> notes = new ArrayList<>();
        try (JournalReader reader = Journals.openReader(folder, "main");
                Tailer tailer = reader.tail(1)) {
            for (Entry entry = tailer.poll(); entry != null; entry = tailer.poll()) {
                if (entry.kind() == EntryKind.GAP || entry.kind() == EntryKind.DISCONNECTED) {
                    notes.add(new String(entry.payload(), StandardCharsets.UTF_8));
                } else if (entry.kind() == EntryKind.EVENT) {
                    canaries.incrementAndGet();
                }
            }
        }
        return notes;
    }
}
