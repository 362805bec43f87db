package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin jar dropped into a directory is served without touching anything else. */
class LwswsPluginsTest {
    private static final String ECHO = "lws-minimal-server-echo";

    private static void drop(Path directory, String module) throws IOException {
        try (Stream<Path> built = Files.list(Program.ROOT.resolve(module).resolve("target"))) {
            Path jar = built.filter(file -> file.toString().endsWith("-plugin.jar"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(jar, directory.resolve(jar.getFileName()));
        }
    }

    private static String echoed(int port, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket ws = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(ECHO)
                .buildAsync(URI.create("ws://localhost:" + port + "/"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }
                })
                .join();
        assertEquals(ECHO, ws.getSubprotocol());
        ws.sendText(text, true).join();
        return answer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void servesAJarThatWasDroppedIn(@TempDir Path directory) throws Exception {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Path configuration = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(configuration.resolve("conf"), """
                # one vhost, its protocols from plugins alone
                { "vhosts": [{
                    "name": "localhost", "port": "0", "interface": "127.0.0.1",
                    "ws-protocols": [{ "lws-minimal-server-echo": { "status": "ok" } }]
                }] }
                """);
        drop(plugins, "minimal-examples/ws-server/minimal-ws-server-echo");
        try (Program lwsws = Program.lwsws(configuration, plugins)) {
            assertEquals("hello", echoed(lwsws.awaitPort(), "hello"));
            assertEquals(128 + 15, lwsws.end("TERM"), lwsws::output);
        }
    }
}
