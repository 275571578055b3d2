package io.zoomws.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments together again. A whole frame within the limit passes without a copy; one over the limit is hashed as it
 * streams, keeps no memory, and ends as a description. Event loop only.
 */
final class FrameAssembler {

    /** Takes complete frames. The buffer is the assembler's. */
    @FunctionalInterface
    interface Output {
        void frame(FrameType type, ByteBuf payload);
    }

    private final int maxFrameBytes;
    private final Output output;
    private FrameType type = FrameType.TEXT;
    private @Nullable ByteBuf collected;
    private @Nullable MessageDigest digest;
    private long length;

    FrameAssembler(int maxFrameBytes, Output output) {
        this.maxFrameBytes = maxFrameBytes;
        this.output = output;
    }

    /** Starts a frame, and ends it if it is not fragmented. The caller keeps its reference to the frame. */
    void begin(WebSocketFrame frame, ByteBufAllocator allocator) {
        type = frame instanceof BinaryWebSocketFrame ? FrameType.BINARY : FrameType.TEXT;
        length = 0;
        if (frame.isFinalFragment() && frame.content().readableBytes() <= maxFrameBytes) {
            output.frame(type, frame.content());
        } else {
            add(frame, allocator);
        }
    }

    /** Adds a fragment. */
    void add(WebSocketFrame fragment, ByteBufAllocator allocator) {
        ByteBuf bytes = fragment.content();
        length += bytes.readableBytes();
        if (length > maxFrameBytes) {
            hash(bytes);
        } else {
            ByteBuf whole = collected;
            if (whole == null) {
                whole = allocator.buffer(2 * bytes.readableBytes());
                collected = whole;
            }
            whole.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        if (fragment.isFinalFragment()) {
            end();
        }
    }

    private void hash(ByteBuf bytes) {
        MessageDigest running = digest;
        if (running == null) {
            running = sha256();
            digest = running;
            if (collected != null) {
                update(running, collected);
                release();
            }
        }
        update(running, bytes);
    }

    private void end() {
        try {
            if (digest != null) {
                String hex = ByteBufUtil.hexDump(digest.digest());
                output.frame(
                        FrameType.TOO_LONG,
                        Unpooled.copiedBuffer(
                                "{\"length\":" + length + ",\"sha256\":\"" + hex + "\"}", StandardCharsets.US_ASCII));
            } else if (collected != null) {
                output.frame(type, collected);
            }
        } finally {
            release();
            digest = null;
        }
    }

    /** Lets go of a frame that was begun. */
    void release() {
        if (collected != null) {
            collected.release();
            collected = null;
        }
    }

    private static void update(MessageDigest digest, ByteBuf bytes) {
        digest.update(bytes.nioBuffer());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
