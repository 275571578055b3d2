package io.zoomws.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection sends: at once, or never (muted), or later in one burst (stalled). Muted is stronger. Confined to the event
 * loop.
 */
final class Outlet {

    /** When so many frames are held, {@link #writable()} says no, and what comes all the same is not sent. */
    private static final int MOST_HELD = 50_000;

    private final Channel channel;
    private final Deque<Held> held = new ArrayDeque<>();
    private boolean muted;
    private boolean finished;
    private @Nullable ScheduledFuture<?> muteEnd;
    private @Nullable ScheduledFuture<?> stallEnd;

    /** The close frame that a muted connection could not send; sent when it can. */
    private @Nullable WebSocketFrame farewell;

    private record Held(List<WebSocketFrame> frames, Consumer<Boolean> outcome, boolean last) {}

    Outlet(Channel channel) {
        this.channel = channel;
    }

    /** Sends a frame; nobody needs to know what becomes of it. */
    void write(WebSocketFrame frame) {
        write(List.of(frame), Outlet::nobodyAsks);
    }

    /**
     * Sends frames that belong together.
     *
     * @param frames released, whatever happens
     * @param outcome told once, whether the operating system took all of them
     */
    void write(List<WebSocketFrame> frames, Consumer<Boolean> outcome) {
        submit(new Held(frames, outcome, false));
    }

    /** Says goodbye and closes; code 0: a close frame without code. Nothing is sent after it. */
    void close(int code, String reason) {
        ByteBuf payload = Unpooled.buffer(2);
        if (code > 0) {
            // Not Netty's constructor: it refuses the codes that a broken server may send.
            payload.writeShort(code);
            payload.writeCharSequence(reason, StandardCharsets.UTF_8);
        }
        WebSocketFrame frame = new CloseWebSocketFrame(true, 0, payload);
        if (muted && !finished && farewell == null) {
            farewell = frame;
        } else {
            submit(new Held(List.of(frame), Outlet::nobodyAsks, true));
        }
    }

    private static void nobodyAsks(boolean sent) {}

    private void submit(Held item) {
        if (finished || muted || held.size() >= MOST_HELD) {
            discard(item);
        } else if (stallEnd != null) {
            held.add(item);
        } else {
            send(item);
        }
    }

    private void send(Held item) {
        ChannelFuture written = null;
        for (WebSocketFrame frame : item.frames) {
            written = channel.write(frame);
        }
        channel.flush();
        finished |= item.last;
        if (written != null) {
            // The last one: writes succeed or fail in order.
            written.addListener(done -> item.outcome.accept(done.isSuccess()))
                    .addListener(item.last ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private static void discard(Held item) {
        item.frames.forEach(ReferenceCountUtil::release);
        item.outcome.accept(false);
    }

    /** Whether nothing can be sent any more. */
    boolean isFinished() {
        return finished;
    }

    boolean writable() {
        return muted || (stallEnd == null ? channel.isWritable() : held.size() < MOST_HELD);
    }

    /** Nothing is sent any more. What happens meanwhile is not sent later. */
    void mute(@Nullable Duration lasting, boolean deaf) {
        cancel(muteEnd);
        muted = true;
        if (deaf) {
            channel.config().setAutoRead(false);
        }
        muteEnd = lasting == null ? null : later(lasting, this::unmute);
    }

    private void unmute() {
        cancel(muteEnd);
        muteEnd = null;
        muted = false;
        channel.config().setAutoRead(true);
        WebSocketFrame goodbye = farewell;
        farewell = null;
        if (goodbye != null) {
            submit(new Held(List.of(goodbye), Outlet::nobodyAsks, true));
        }
    }

    /** Everything waits, then goes in one burst. */
    void stall(@Nullable Duration lasting) {
        cancel(stallEnd);
        if (lasting != null) {
            stallEnd = later(lasting, this::unstall);
        }
    }

    private void unstall() {
        cancel(stallEnd);
        stallEnd = null;
        while (!held.isEmpty()) {
            submit(held.remove());
        }
    }

    /** Ends whatever keeps it from sending. */
    void recover() {
        if (!finished) {
            unmute();
            unstall();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    void drop() {
        finished = true;
        channel.close();
    }

    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        drop();
    }

    void halfClose() {
        finished = true;
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /** The connection has ended: what was held is lost. */
    void abandon() {
        finished = true;
        cancel(muteEnd);
        cancel(stallEnd);
        ReferenceCountUtil.release(farewell);
        farewell = null;
        while (!held.isEmpty()) {
            discard(held.remove());
        }
    }

    private ScheduledFuture<?> later(Duration delay, Runnable task) {
        return channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
