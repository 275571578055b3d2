package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends each HTTP request to its endpoint. One instance a connection, on the event loop. */
final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A page in a browser can reach loopback by a name of its own; such a name is not one of these. */
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private static final WebSocketDecoderConfig CLIENT_FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(65_536)
            .allowExtensions(false)
            .build();

    private final SimulatorSettings settings;
    private final TokenEndpoint tokenEndpoint;
    private final Tokens tokens;
    private final Hub hub;

    Router(SimulatorSettings settings, TokenEndpoint tokenEndpoint, Tokens tokens, Hub hub) {
        this.settings = settings;
        this.tokenEndpoint = tokenEndpoint;
        this.tokens = tokens;
        this.hub = hub;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws JsonProcessingException {
        String path = new QueryStringDecoder(request.uri()).path();
        if (!request.decoderResult().isSuccess()) {
            answer(ctx, request, HttpAnswer.problem(400, "this is not HTTP"));
        } else if (!LOOPBACK.matcher(request.headers().get(HttpHeaderNames.HOST, ""))
                .matches()) {
            answer(
                    ctx,
                    request,
                    HttpAnswer.problem(403, "the Host header must name this machine: localhost or 127.0.0.1"));
        } else if (path.equals("/ws") && request.method().equals(HttpMethod.GET)) {
            upgrade(ctx, request);
        } else {
            answer(ctx, request, route(path, request));
        }
    }

    private HttpAnswer route(String path, FullHttpRequest request) throws JsonProcessingException {
        String body = request.content().toString(StandardCharsets.UTF_8);
        return switch (request.method() + " " + path) {
            case "POST /oauth/token" ->
                tokenEndpoint.answer(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""), request.uri(), body);
            case "GET /stats" -> HttpAnswer.json(200, JSON.writeValueAsString(hub.stats(tokenEndpoint)));
            case "POST /events" -> send(body, new QueryStringDecoder(request.uri()));
            default ->
                HttpAnswer.problem(404, "there are: POST /oauth/token, GET /ws (WebSocket), GET /stats, POST /events");
        };
    }

    private HttpAnswer send(String body, QueryStringDecoder uri) {
        if (Boolean.parseBoolean(parameter(uri, "raw"))) {
            return sent(hub.send(body));
        }
        try {
            JsonNode event = JSON.readTree(body);
            if (!event.path("event").isTextual()) {
                return HttpAnswer.problem(400, "an event is a JSON object with a text 'event'");
            }
        } catch (JsonProcessingException e) {
            return HttpAnswer.problem(
                    400,
                    "the body is no JSON (line " + e.getLocation().getLineNr() + "); ?raw=true sends it all the same");
        }
        boolean asObject = parameter(uri, "content").equals("object");
        return sent(hub.send(asObject ? Frames.messageWithObject(body) : Frames.message(body)));
    }

    private static HttpAnswer sent(boolean sent) {
        return HttpAnswer.json(202, "{\"connections\":" + (sent ? 1 : 0) + "}");
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (parameter(uri, "subscriptionId").isEmpty()) {
            answer(ctx, request, HttpAnswer.problem(404, "subscriptionId is missing"));
            return;
        }
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("ws://localhost/ws", null, CLIENT_FRAMES).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        EventSocket socket = new EventSocket(hub, settings.kickStyle(), settings.silenceLimit(), refusal(uri));
        handshaker.handshake(ctx.channel(), request).addListener(handshake -> {
            if (handshake.isSuccess()) {
                ctx.pipeline().replace(this, "events", socket);
                ctx.pipeline().addBefore("events", "whole-messages", new WebSocketFrameAggregator(65_536));
                socket.begin(ctx.pipeline().context(socket));
            }
        });
    }

    private @Nullable String refusal(QueryStringDecoder uri) {
        String token = parameter(uri, "access_token");
        if (token.isEmpty()) {
            return Frames.TOKEN_EMPTY;
        }
        if (!tokens.isGood(token)) {
            return Frames.TOKEN_INVALID;
        }
        return parameter(uri, "subscriptionId").equals(settings.subscriptionId()) ? null : "Subscription is invalid";
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        return uri.parameters().getOrDefault(name, List.of("")).get(0);
    }

    private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, HttpAnswer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        HttpUtil.setContentLength(response, response.content().readableBytes());
        boolean keepAlive =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        HttpUtil.setKeepAlive(response, keepAlive);
        ctx.writeAndFlush(response)
                .addListener(keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that goes in the middle of a request, or sends what is not HTTP.
        ctx.close();
    }
}
