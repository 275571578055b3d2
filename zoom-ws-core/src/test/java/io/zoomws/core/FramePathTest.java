package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramePathTest {

    private static final int LIMIT = 200_000;

    private final List<String> got = new ArrayList<>();
    private final List<ByteBuf> seen = new ArrayList<>();
    private final FrameAssembler assembler = new FrameAssembler(LIMIT, (type, payload) -> {
        got.add(type + " " + digest(ByteBufUtil.getBytes(payload), type));
        if (type != FrameType.TOO_LONG && payload.isReadable()) {
            seen.add(payload); // to be released; the others are shared or plain heap buffers
        }
    });

    @BeforeAll
    static void findLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    private static String digest(byte[] bytes, FrameType type) {
        return type == FrameType.TOO_LONG
                ? new String(bytes, StandardCharsets.US_ASCII)
                : bytes.length + " " + sha256(bytes);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(
                new FrameSplitter(),
                new WebSocket13FrameDecoder(false, false, FrameSplitter.LONGEST_UNTOUCHED),
                new SimpleChannelInboundHandler<WebSocketFrame>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
                        if (frame instanceof ContinuationWebSocketFrame) {
                            assembler.add(frame, ctx.alloc());
                        } else {
                            assembler.begin(frame, ctx.alloc());
                        }
                    }
                });
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Frames of all sizes, whole and fragmented, cut into reads anywhere. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesComeOutAsTheyWentInHoweverTheyAreCut(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        boolean tiny = seed == 1;
        int[] sizes = tiny
                ? new int[] {0, 1, 125, 126, 70_000}
                : new int[] {0, 1, 125, 126, 65_535, 65_536, 65_537, LIMIT, LIMIT + 1, 700_000};
        for (int i = 0; i < 40; i++) {
            byte[] payload = random(random, i < sizes.length ? sizes[i] : random.nextInt(3_000));
            boolean binary = random.nextBoolean();
            int opcode = binary ? 2 : 1;
            int cut = random.nextBoolean() ? payload.length : random.nextInt(payload.length + 1);
            if (cut == payload.length) {
                wire.writeBytes(Wire.frame(0x80 | opcode, payload));
            } else {
                wire.writeBytes(Wire.frame(opcode, java.util.Arrays.copyOf(payload, cut)));
                wire.writeBytes(Wire.frame(0x80, java.util.Arrays.copyOfRange(payload, cut, payload.length)));
            }
            expected.add(
                    payload.length > LIMIT
                            ? "TOO_LONG {\"length\":" + payload.length + ",\"sha256\":\"" + sha256(payload) + "\"}"
                            : (binary ? "BINARY " : "TEXT ") + payload.length + " " + sha256(payload));
        }
        EmbeddedChannel channel = channel();
        byte[] all = wire.toByteArray();
        int most = tiny ? 20 : 100_000;
        for (int at = 0; at < all.length; ) {
            int step = Math.min(all.length - at, 1 + random.nextInt(most));
            channel.writeInbound(Unpooled.copiedBuffer(all, at, step));
            at += step;
        }
        assertThat(channel.finish()).isFalse();
        assertThat(got).isEqualTo(expected);
        assertThat(seen).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"module\":\"message\",\"content\":\"connected in another place\"}|OTHER",
                "{ \"header\":{}, \"module\":\"message\",\"content\":{\"a\":\"Connected in another place\"}}|OTHER",
                "{\"module\":\"build_connection\",\"success\":true,\"content\":\"ok\",\"header\":{}}|CONFIRMED",
                "{\"content\":{\"x\":[1,{}]},\"success\":\"true\",\"module\":\"build_connection\"}|CONFIRMED",
                "{\"module\":\"build_connection\",\"success\":false,\"content\":\"\"}|REFUSED",
                "{\"module\":\"build_connection\"}|REFUSED",
                "{\"module\":\"build_connection\",\"success\":false,\"content\":\"Connected in another place\"}|KICKED",
                "{\"module\":\"heartbeat\",\"success\":true,\"content\":\"live\",\"header\":{}}|HEARTBEAT",
                "{\"module\":\"heartbeat\",\"success\":false,\"content\":\"who are you\"}|OTHER",
                "{\"module\":\"heartbeat\",\"success\":false,\"content\":\"CONNECTED IN ANOTHER PLACE.\"}|KICKED",
                "{\"event\":\"meeting.started\",\"payload\":{}}|OTHER",
                "{\"module\":7}|OTHER",
                "{\"module\":\"brand_new\",\"content\":\"x\"}|OTHER",
                "[]|UNREADABLE",
                "<html>|UNREADABLE",
                "{\"module\":\"heartbeat\"|UNREADABLE",
                "~~|UNREADABLE"
            })
    void framesAreUnderstoodByModuleAndSuccessOnly(String text, ControlFrame meaning) {
        ByteBuf frame = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        assertThat(ControlFrame.of(frame)).isEqualTo(meaning);
        assertThat(frame.readerIndex()).isZero();
    }

    @Test
    void deepNestingAndLongNumbersAreUnreadableNotFatal() {
        String deep = "{\"content\":" + "[".repeat(60_000);
        assertThat(ControlFrame.of(Unpooled.copiedBuffer(deep, StandardCharsets.UTF_8)))
                .isEqualTo(ControlFrame.UNREADABLE);
        String number = "{\"module\":\"heartbeat\",\"success\":true,\"n\":" + "9".repeat(10_000) + "}";
        assertThat(ControlFrame.of(Unpooled.copiedBuffer(number, StandardCharsets.UTF_8)))
                .isIn(ControlFrame.UNREADABLE, ControlFrame.HEARTBEAT);
    }
}
