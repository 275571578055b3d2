package io.zoomws.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** One HTTP request's answer, given well or badly. Confined to the event loop. */
final class HttpExchange {

    private static final byte[] FILLING = " ".repeat(16_384).getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext context;
    private final boolean keepAlive;
    private final InstantSource clock;

    HttpExchange(ChannelHandlerContext context, FullHttpRequest request, InstantSource clock) {
        this.context = context;
        this.clock = clock;
        this.keepAlive =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    }

    void answer(HttpAnswer answer) {
        ByteBuf body = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
        fill(response, answer);
        HttpUtil.setContentLength(response, body.readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        context.writeAndFlush(response)
                .addListener(keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
    }

    /** The answer's head at once, its body a byte at a time. */
    void drip(HttpAnswer answer, Duration interval) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        HttpResponse head = head(answer);
        HttpUtil.setContentLength(head, body.length);
        context.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        later(interval, () -> drip(body, 0, interval));
    }

    private void drip(byte[] body, int at, Duration interval) {
        boolean last = at == body.length - 1;
        ChannelFuture written =
                context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[] {body[at]})));
        written.addListener(last ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!last) {
            later(interval, () -> drip(body, at + 1, interval));
        }
    }

    /** An answer that begins well and then never ends; as fast as the client reads, up to 16 MB a second. */
    void endless(HttpAnswer answer) {
        HttpResponse head = head(answer);
        head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        context.writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        fill(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void fill(byte[] content) {
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(content)))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
                .addListener(written -> later(Duration.ofMillis(1), () -> fill(FILLING)));
    }

    private HttpResponse head(HttpAnswer answer) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        fill(head, answer);
        return head;
    }

    /** Like every server that has a clock (RFC 9110, 6.6.1) it tells the time: clients judge theirs by it. */
    private void fill(HttpResponse response, HttpAnswer answer) {
        response.headers()
                .set(
                        HttpHeaderNames.DATE,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atZone(ZoneOffset.UTC)));
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
    }

    /** The upgrade to WebSocket, with an accept key that is the caller's choice. */
    void upgradeWith(String acceptKey) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, acceptKey);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    void hangUp(boolean reset) {
        if (reset) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
    }

    /** Does something later if the client is still there. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself when the client has gone
    void later(Duration delay, Runnable task) {
        context.executor()
                .schedule(
                        () -> {
                            if (context.channel().isActive()) {
                                task.run();
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
