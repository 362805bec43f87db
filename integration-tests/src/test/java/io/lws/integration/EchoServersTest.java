package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.net.Proxy;
import io.lws.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's client and servers that others have written; and both its ends with a stranger between them. */
class EchoServersTest {
    private static final String ALL = "echoed 8, closed 1000";

    @TempDir
    Path directory;

    private String script(String name) throws IOException {
        Path script = directory.resolve(name);
        try (var source = Objects.requireNonNull(EchoServersTest.class.getResourceAsStream(name), name)) {
            Files.copy(source, script);
        }
        return script.toString();
    }

    private static void assertEchoes(Program server) throws Exception {
        try (server) {
            assertEquals(ALL, EchoCaller.call("ws://127.0.0.1:" + server.awaitPort() + "/"), server::output);
        }
    }

    @Test
    void nodeWs() throws Exception {
        Peer.NODE_WS.require();
        assertEchoes(Program.start(
                List.of("node", script("echo-server.js")),
                Map.of("NODE_PATH", Peer.nodePath().toString()),
                null));
    }

    @Test
    void python3Websockets() throws Exception {
        Peer.PYTHON3_WEBSOCKETS.require();
        assertEchoes(Program.start(List.of(Peer.python(), script("echo-server.py")), Map.of(), null));
    }

    /** Java-WebSocket's server, on a port of its own choice. */
    private static final class Other extends WebSocketServer {
        final CompletableFuture<Integer> port = new CompletableFuture<>();

        Other() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public void onOpen(WebSocket ws, ClientHandshake handshake) {}

        @Override
        public void onClose(WebSocket ws, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket ws, String text) {
            ws.send(text);
        }

        @Override
        public void onMessage(WebSocket ws, ByteBuffer binary) {
            ws.send(binary);
        }

        @Override
        public void onError(WebSocket ws, Exception e) {
            port.completeExceptionally(e);
        }

        @Override
        public void onStart() {
            port.complete(getPort());
        }
    }

    @Test
    void javaWebSocket() throws Exception {
        Other server = new Other();
        server.setReuseAddr(true);
        server.start();
        try {
            int port = server.port.get(30, TimeUnit.SECONDS);
            assertEquals(ALL, EchoCaller.call("ws://127.0.0.1:" + port + "/"));
        } finally {
            server.stop(1000);
        }
    }

    // ---- strangers in the middle

    private static Program echo() {
        return Program.example("ws-server/minimal-ws-server-echo");
    }

    @Test
    void throughNginx() throws Exception {
        Peer.NGINX.require();
        int port = Ports.free();
        try (Program server = echo()) {
            String http = """
                    server {
                      listen 127.0.0.1:%1$s;
                      location / {
                        proxy_pass http://127.0.0.1:%2$s;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection upgrade;
                        proxy_set_header Host $http_host;
                      }
                    }
                    """.formatted(port, server.awaitPort());
            try (Program nginx = Nginx.start(directory, port, http)) {
                assertEquals(ALL, EchoCaller.call("ws://127.0.0.1:" + port + "/"), nginx::output);
            }
        }
    }

    @Test
    void throughAConnectProxy() throws Exception {
        Peer.TINYPROXY.require();
        int port = Ports.free();
        Path conf = Files.writeString(
                directory.resolve("tinyproxy.conf"),
                "Port " + port + "\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nLogLevel Critical\n");
        try (Program server = echo();
                Program proxy = Program.start(List.of("tinyproxy", "-d", "-c", conf.toString()), Map.of(), directory)) {
            Ports.awaitListening(proxy, port);
            String uri = "ws://127.0.0.1:" + server.awaitPort() + "/";
            Proxy between = Proxy.of("http://127.0.0.1:" + port);
            assertEquals(ALL, EchoCaller.call(uri, client -> client.proxy(between)), proxy::output);
        }
    }

    @Test
    void throughASocksProxy() throws Exception {
        Peer.MICROSOCKS.require();
        int port = Ports.free();
        try (Program server = echo();
                Program proxy = Program.start(
                        List.of(
                                "microsocks",
                                "-i",
                                "127.0.0.1",
                                "-p",
                                Integer.toString(port),
                                "-u",
                                "me",
                                "-P",
                                "secret"),
                        Map.of(),
                        directory)) {
            Ports.awaitListening(proxy, port);
            String uri = "ws://localhost:" + server.awaitPort() + "/";
            Proxy between = Proxy.of("socks5://me:secret@127.0.0.1:" + port);
            assertEquals(ALL, EchoCaller.call(uri, client -> client.proxy(between)), proxy::output);
            Proxy stranger = Proxy.of("socks5://127.0.0.1:" + port);
            assertEquals(
                    "no connection",
                    EchoCaller.call(uri, client -> client.proxy(stranger)).substring(0, 13));
        }
    }
}
