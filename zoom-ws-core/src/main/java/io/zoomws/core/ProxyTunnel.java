package io.zoomws.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.zoomws.auth.Proxy;
import io.zoomws.auth.ProxyDialogue;
import io.zoomws.auth.ProxyException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Talks a proxy into a tunnel and then leaves the pipeline. The handlers behind it hear of an active channel only when the
 * tunnel is open, so that neither TLS nor the upgrade begins before. Netty's own proxy handlers are not used: they say why a
 * proxy refused only in a text that quotes it, and the token source needs the same dialogue on plain sockets.
 */
final class ProxyTunnel extends ByteToMessageDecoder {

    private final ZoomSocket socket;
    private final Proxy proxy;
    private final ProxyDialogue dialogue;
    private final long limitMillis;
    private @Nullable Future<?> limit;
    private boolean failed;

    ProxyTunnel(ZoomSocket socket, Proxy proxy, String host, int port, long limitMillis) {
        this.socket = socket;
        this.proxy = proxy;
        this.dialogue = ProxyDialogue.with(proxy, host, port);
        this.limitMillis = limitMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        limit = ctx.executor()
                .schedule(
                        () -> fail(ctx, ProxyException.tooSlow(proxy, limitMillis)),
                        limitMillis,
                        TimeUnit.MILLISECONDS);
        send(ctx, dialogue.greeting());
    }

    private static void send(ChannelHandlerContext ctx, byte[] bytes) {
        if (bytes.length > 0) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /** What is left of the input when the tunnel is open is handed on by the parent when this leaves. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            while (in.isReadable() && !failed && !dialogue.isOpen()) {
                send(ctx, dialogue.receive(in.readUnsignedByte()));
            }
        } catch (ProxyException e) {
            fail(ctx, e);
        }
        if (failed) {
            in.skipBytes(in.readableBytes());
        } else if (dialogue.isOpen()) {
            cancelLimit();
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        }
    }

    private void fail(ChannelHandlerContext ctx, ProxyException why) {
        failed = true;
        cancelLimit();
        socket.failed(String.valueOf(why.getMessage()));
        ChannelFuture unused = ctx.close();
    }

    private void cancelLimit() {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ended();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ended();
        ChannelFuture unused = ctx.close();
    }

    private void ended() {
        cancelLimit();
        if (!dialogue.isOpen()) {
            socket.failed(String.valueOf(ProxyException.brokenOff(proxy).getMessage()));
        }
    }
}
