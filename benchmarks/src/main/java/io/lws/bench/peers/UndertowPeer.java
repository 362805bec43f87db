package io.lws.bench.peers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.util.Headers;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xnio.Options;

/** Undertow as a peer. */
public final class UndertowPeer {
    private static final List<WebSocketChannel> SUBSCRIBERS = new CopyOnWriteArrayList<>();

    private UndertowPeer() {}

    public static void main(String[] args) {
        byte[] hello = Told.hello();
        ByteBuffer body = ByteBuffer.allocateDirect(hello.length).put(hello).flip();
        HttpHandler plaintext = exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            exchange.getResponseSender().send(body.duplicate());
        };
        Undertow.builder()
                .addHttpListener(Told.port(), Told.HOST)
                .setIoThreads(Told.threads(args))
                .setWorkerThreads(2)
                .setSocketOption(Options.BACKLOG, Told.BACKLOG)
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setHandler(Handlers.path(Handlers.websocket(UndertowPeer::connected))
                        .addExactPath("/plaintext", plaintext)
                        .addPrefixPath("/static", Handlers.resource(new PathResourceManager(Told.files()))))
                .build()
                .start();
    }

    private static void connected(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        String path = exchange.getRequestURI();
        boolean publishes = path.equals("/pub");
        if (path.equals("/bcast")) {
            SUBSCRIBERS.add(channel);
            channel.addCloseTask(SUBSCRIBERS::remove);
        }
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
                received(from, message, publishes);
            }
        });
        channel.resumeReceives();
    }

    private static void received(WebSocketChannel from, BufferedBinaryMessage message, boolean publishes) {
        var data = message.getData();
        ByteBuffer payload = WebSockets.mergeBuffers(data.getResource());
        data.free();
        for (WebSocketChannel to : publishes ? SUBSCRIBERS : List.of(from)) {
            WebSockets.sendBinary(payload.duplicate(), to, null);
        }
    }
}
