package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends each HTTP request to its endpoint. One instance a connection, on the event loop. */
final class Router extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String THERE_ARE =
            "there are: POST /oauth/token, GET /ws (WebSocket), GET /stats, POST /events,"
                    + " POST /faults, DELETE /faults";

    /** A page in a browser can reach loopback by a name of its own; such a name is not one of these. */
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private static final WebSocketDecoderConfig CLIENT_FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(65_536)
            .allowExtensions(false)
            .build();

    private final Parts parts;

    /** What every connection shares. */
    record Parts(
            SimulatorSettings settings,
            TokenEndpoint tokenEndpoint,
            Tokens tokens,
            Hub hub,
            EventFlow events,
            FaultRunner faults) {}

    Router(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws JsonProcessingException {
        String path = new QueryStringDecoder(request.uri()).path();
        HttpExchange exchange = new HttpExchange(ctx, request, parts.tokens::now);
        if (!request.decoderResult().isSuccess()) {
            exchange.answer(HttpAnswer.problem(400, "this is not HTTP"));
        } else if (!LOOPBACK.matcher(request.headers().get(HttpHeaderNames.HOST, ""))
                .matches()) {
            exchange.answer(HttpAnswer.problem(403, "the Host header must name this machine: localhost or 127.0.0.1"));
        } else if (path.equals("/ws") && request.method().equals(HttpMethod.GET)) {
            upgrade(ctx, request, exchange);
        } else if (path.equals("/oauth/token") && request.method().equals(HttpMethod.POST)) {
            issueToken(request, exchange);
        } else {
            exchange.answer(route(path, request));
        }
    }

    private HttpAnswer route(String path, FullHttpRequest request) throws JsonProcessingException {
        return switch (request.method() + " " + path) {
            case "GET /stats" ->
                HttpAnswer.json(200, StatsJson.of(parts.hub.stats(parts.tokenEndpoint, parts.faults.done())));
            case "POST /events" -> send(body(request), new QueryStringDecoder(request.uri()));
            case "POST /faults" -> run(body(request));
            case "DELETE /faults" -> {
                parts.faults.clear();
                yield HttpAnswer.json(200, "{\"steps\":0}");
            }
            default -> HttpAnswer.problem(404, THERE_ARE);
        };
    }

    private static String body(FullHttpRequest request) {
        return request.content().toString(StandardCharsets.UTF_8);
    }

    private void issueToken(FullHttpRequest request, HttpExchange exchange) {
        TokenRequest asked = new TokenRequest(
                request.headers().get(HttpHeaderNames.AUTHORIZATION, ""), request.uri(), body(request));
        TokenFault fault = parts.faults.token();
        if (fault == null) {
            exchange.answer(parts.tokenEndpoint.answer(asked));
        } else {
            fault.strike(exchange, asked, parts.tokenEndpoint);
        }
    }

    private HttpAnswer run(String script) {
        try {
            FaultScript faults = FaultScript.of(script);
            return parts.faults.run(faults)
                    ? HttpAnswer.json(202, "{\"steps\":" + faults.steps().size() + "}")
                    : HttpAnswer.problem(409, "too many steps are under way; DELETE /faults ends them");
        } catch (FaultScriptException e) {
            return HttpAnswer.problem(400, String.valueOf(e.getMessage()));
        }
    }

    private HttpAnswer send(String body, QueryStringDecoder uri) {
        if (Boolean.parseBoolean(parameter(uri, "raw"))) {
            return sent(parts.events.send(body));
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
        return sent(parts.events.send(asObject ? Frames.messageWithObject(body) : Frames.message(body)));
    }

    private static HttpAnswer sent(boolean sent) {
        return HttpAnswer.json(202, "{\"connections\":" + (sent ? 1 : 0) + "}");
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, HttpExchange exchange) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String token = parameter(uri, "access_token");
        Instant tokenEnd = parts.tokens.end(token);
        String refusal = refusal(uri, token, tokenEnd);
        HandshakeFault fault = parts.faults.handshake(refusal == null);
        if (fault instanceof HandshakeFault.Upgrade upgradeFault) {
            upgradeFault.strike(exchange);
            return;
        }
        if (parameter(uri, "subscriptionId").isEmpty()) {
            exchange.answer(HttpAnswer.problem(404, "subscriptionId is missing"));
            return;
        }
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("ws://localhost/ws", null, CLIENT_FRAMES).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        Admission admission = new Admission(refusal, tokenEnd, HandshakeFault.confirm(fault));
        EventSocket socket = new EventSocket(parts.hub, parts.faults, parts.settings, admission, ctx.channel());
        handshaker.handshake(ctx.channel(), request).addListener(handshake -> {
            if (handshake.isSuccess()) {
                ctx.pipeline().replace(this, "events", socket);
                ctx.pipeline().addBefore("events", "whole-messages", new WebSocketFrameAggregator(65_536));
                socket.begin();
            }
        });
    }

    private @Nullable String refusal(QueryStringDecoder uri, String token, @Nullable Instant tokenEnd) {
        if (token.isEmpty()) {
            return Frames.TOKEN_EMPTY;
        }
        if (tokenEnd == null) {
            return Frames.TOKEN_INVALID;
        }
        boolean known = parameter(uri, "subscriptionId").equals(parts.settings.subscriptionId());
        return known ? null : "Subscription is invalid";
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        return uri.parameters().getOrDefault(name, List.of("")).get(0);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that goes in the middle of a request, or sends what is not HTTP.
        ctx.close();
    }
}
