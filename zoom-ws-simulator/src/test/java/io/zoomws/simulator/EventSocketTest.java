package io.zoomws.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventSocketTest {

    private final ManualClock clock = new ManualClock();
    private final EventLedger ledger = new EventLedger(clock, 10);
    private final Hub hub = new Hub(clock, ledger);
    private final SlowWire wire = new SlowWire();
    private final EmbeddedChannel channel = new EmbeddedChannel(wire);
    private final Tokens tokens = new Tokens(clock, new Random(1), Duration.ofSeconds(1), false);
    private final FaultRunner faults =
            new FaultRunner(channel.eventLoop(), hub, tokens, new FrontDoor(channel.eventLoop()), new Random(1));
    private final EventFlow events = new EventFlow(channel.eventLoop(), hub, ledger, faults, new Random(1));
    private final EventSocket socket =
            new EventSocket(hub, faults, SimulatorSettings.standard(), Admission.WELCOME, channel);

    @Test
    void anEventCountsAsSentWhenItsWriteHasSucceeded() {
        begin();
        events.happen("{}");
        assertThat(stats().eventsSent()).isZero();
        assertThat(ledger.sentEvents()).isEmpty();
        assertThat(ledger.quiet()).isNotDone();

        Instant written = clock.instant().plusSeconds(3);
        clock.advance(Duration.ofSeconds(3));
        wire.writes.remove().setSuccess();

        assertThat(stats().eventsSent()).isEqualTo(1);
        assertThat(ledger.sentEvents()).extracting(SentEvent::at).containsExactly(written);
        assertThat(ledger.quiet()).isDone();
    }

    @Test
    void anEventWhoseWriteFailsIsMissed() {
        begin();
        events.happen("{}");
        wire.writes.remove().setFailure(new IOException("reset"));

        assertThat(stats().eventsSent()).isZero();
        assertThat(stats().eventsMissed()).isEqualTo(1);
        assertThat(ledger.sentEvents()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aClientThatOnlyPingsIsCut() {
        channel.freezeTime();
        begin();

        channel.advanceTimeBy(40, TimeUnit.SECONDS);
        channel.writeInbound(new PingWebSocketFrame());
        channel.advanceTimeBy(21, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(stats().connectionsSilent()).isEqualTo(1);
    }

    private void begin() {
        channel.pipeline().addLast(socket);
        socket.begin();
        wire.writes.clear();
    }

    private SimulatorStats stats() {
        return hub.stats(new TokenEndpoint(SimulatorSettings.standard(), tokens), faults.done());
    }

    /** Keeps each write's promise instead of writing. */
    private static final class SlowWire extends ChannelOutboundHandlerAdapter {

        private final Deque<ChannelPromise> writes = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            writes.add(promise);
        }
    }
}
