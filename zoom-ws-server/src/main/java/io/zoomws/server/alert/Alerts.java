package io.zoomws.server.alert;

import io.zoomws.auth.Transport;
import io.zoomws.server.StopRequest;
import io.zoomws.server.gaps.GapLedger;
import io.zoomws.server.status.ServerStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the status of a running server every two seconds and tells whom the settings name. Neither looking nor telling is ever
 * waited for: the first is a thread of its own, the second another one.
 */
public final class Alerts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Supplier<ServerStatus> status;
    private final EndedGaps gaps;
    private final Transport transport;
    private final InstantSource clock;
    private final Duration between;
    private final AlertJudge judge = new AlertJudge(); // with the machine and the gaps confined to the thread
    private final AlertMachine machine = new AlertMachine();
    private final StopRequest stop = new StopRequest();
    private final Thread thread = new Thread(this::run, "alert watch");
    private AlertSettings settings = AlertSettings.NONE; // guarded by this
    private @Nullable AlertSender sender; // guarded by this

    private Alerts(
            Supplier<ServerStatus> status,
            Map<String, GapLedger> ledgers,
            Transport transport,
            InstantSource clock,
            Duration between) {
        this.between = between;
        this.status = status;
        this.gaps = new EndedGaps(ledgers);
        this.transport = transport;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /**
     * Begins to look.
     *
     * @param settings who is told what
     * @param status asked again and again
     * @param ledgers of the gaps, by subscription
     * @param transport the way to an address
     * @param clock the wall clock
     * @return looking, to be closed by the caller
     */
    public static Alerts start(
            AlertSettings settings,
            Supplier<ServerStatus> status,
            Map<String, GapLedger> ledgers,
            Transport transport,
            InstantSource clock) {
        return start(settings, status, ledgers, transport, clock, BETWEEN);
    }

    static Alerts start(
            AlertSettings settings,
            Supplier<ServerStatus> status,
            Map<String, GapLedger> ledgers,
            Transport transport,
            InstantSource clock,
            Duration between) {
        Alerts alerts = new Alerts(status, ledgers, transport, clock, between);
        alerts.use(settings);
        alerts.thread.start();
        return alerts;
    }

    /**
     * Goes by other settings from now on. What was told already is not told again for that.
     *
     * @param other who is told what
     */
    public synchronized void use(AlertSettings other) {
        endSender();
        settings = other;
        if (!stop.isRequested()) {
            sender = AlertTarget.of(other, transport).map(AlertSender::start).orElse(null);
        }
    }

    private synchronized void endSender() {
        AlertSender before = sender;
        sender = null;
        if (before != null) {
            before.close();
        }
    }

    private void run() {
        try {
            while (!stop.await(between)) {
                look();
            }
        } catch (InterruptedException e) {
            log.error("nothing is watched for alerts any more: somebody interrupted the thread");
        } catch (RuntimeException | Error e) {
            log.error("nothing is watched for alerts any more: this is a bug of the server", e);
        }
    }

    private void look() {
        AlertSettings now = settings();
        if (now.enabled()) {
            machine.step(judge.look(status.get(), gaps.take(), now, clock.instant()), now.repeat(), clock.instant())
                    .forEach(this::send);
        }
    }

    private synchronized AlertSettings settings() {
        return settings;
    }

    private synchronized void send(Alert alert) {
        if (sender != null) {
            sender.send(alert);
        }
    }

    /** Ends looking and telling. */
    @Override
    public void close() {
        stop.requestAndAwait(thread);
        endSender();
    }
}
