package io.zoomws.core;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.URI;

/**
 * Speaks WebSocket on one socket: the upgrade, pings, closes, fragments. Netty's own protocol handler is not used because it
 * checks each text frame to be UTF-8 and closes if it is not: that check costs more than everything else together, and a
 * frame that is not UTF-8 shall be kept, not refused.
 */
final class SocketHandler extends SimpleChannelInboundHandler<Object> {

    private static final int LONGEST_FRAME = FrameSplitter.LONGEST_UNTOUCHED;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final ZoomSocket socket;
    private final boolean tls;
    private final WebSocketClientHandshaker handshaker;
    private final FrameAssembler assembler;

    /**
     * A handler for one channel.
     *
     * @param url with the token; it is in the request only
     */
    SocketHandler(ZoomSocket socket, URI url, boolean tls, int maxFrameBytes) {
        this.socket = socket;
        this.tls = tls;
        this.handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                url, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), LONGEST_FRAME);
        this.assembler = new FrameAssembler(maxFrameBytes, socket::frame);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!tls) {
            ask(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ask(ctx);
            } else {
                socket.failed(EndCause.of(handshake.cause()));
                ChannelFuture unused = ctx.close();
            }
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        socket.asked();
        handshaker.handshake(ctx.channel()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FullHttpResponse response) {
            upgraded(ctx, response);
            return;
        }
        socket.anyFrame();
        if (message instanceof TextWebSocketFrame frame) {
            assembler.begin(frame, ctx.alloc());
        } else if (message instanceof BinaryWebSocketFrame frame) {
            assembler.begin(frame, ctx.alloc());
        } else if (message instanceof ContinuationWebSocketFrame frame) {
            assembler.add(frame, ctx.alloc());
        } else if (message instanceof PingWebSocketFrame ping) {
            ChannelFuture unused =
                    ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (message instanceof CloseWebSocketFrame close) {
            socket.closedByZoom(close);
            ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void upgraded(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            socket.failed("the handshake was answered with something that is not HTTP");
            ChannelFuture unused = ctx.close();
        } else if (response.status().code() != SWITCHING_PROTOCOLS) {
            socket.turnedDown(response.status().code());
        } else {
            try {
                handshaker.finishHandshake(ctx.channel(), response);
            } catch (WebSocketHandshakeException e) {
                socket.failed("the handshake was answered wrongly: not by a WebSocket server");
                ChannelFuture unused = ctx.close();
                return;
            }
            // The HTTP codec leaves the pipeline after this, and only then hands on what it has read beyond the answer.
            ctx.pipeline().addBefore("ws-decoder", "frame-splitter", new FrameSplitter());
            socket.opened();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        socket.broken(EndCause.of(failure));
        ChannelFuture unused = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        socket.inactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        assembler.release();
    }
}
