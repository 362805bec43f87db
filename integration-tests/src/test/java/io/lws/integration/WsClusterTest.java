package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.testing.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two chat servers, each at a broker of its own, and a bridge between the brokers: one room. */
class WsClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Process broker(int port, String more) throws IOException {
        Path file = directory.resolve(port + ".conf");
        Files.writeString(file, "listener " + port + " 127.0.0.1\nallow_anonymous true\n" + more);
        ProcessBuilder command = new ProcessBuilder("mosquitto", "-c", file.toString());
        command.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Await.until("a broker on " + port, PATIENCE, () -> Ports.isListening(port));
        return process;
    }

    /** Writes down what it hears. */
    private record Ear(BlockingQueue<String> heard) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence text, boolean last) {
            heard.add(text.toString());
            ws.request(1);
            return null;
        }
    }

    private static WebSocket enter(Program server, Ear ear) {
        String url = server.awaitLine("^ready http(://.*)", PATIENCE).group(1);
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("lws-cluster")
                .buildAsync(URI.create("ws" + url + "/lobby"), ear)
                .join();
    }

    @Test
    void spansARoomOverServersAndBrokers() throws Exception {
        Peer.MOSQUITTO.require();
        int first = Ports.free();
        int second = Ports.free();
        Process one = broker(first, "");
        Process two =
                broker(second, "connection bridge\naddress 127.0.0.1:" + first + "\ntopic lws-cluster/# both 1\n");
        List<Ear> ears = Stream.of(1, 2)
                .map(each -> new Ear(new LinkedBlockingQueue<>()))
                .toList();
        try (Program here = Program.example("mqtt-client/minimal-ws-cluster", 0, "localhost:" + first);
                Program there = Program.example("mqtt-client/minimal-ws-cluster", 0, "localhost:" + second)) {
            WebSocket alice = enter(here, ears.get(0));
            WebSocket bob = enter(there, ears.get(1));
            Await.until("the room to be one", PATIENCE, () -> {
                alice.sendText("?", true).join();
                return ears.get(1).heard().poll() != null;
            });
            bob.sendText("hello from there", true).join();
            alice.sendText("hello from here", true).join();
            for (Ear each : ears) {
                assertEquals(List.of("hello from here", "hello from there"), greetings(each));
            }
        } finally {
            one.destroy();
            two.destroy();
        }
    }

    private static List<String> greetings(Ear ear) throws InterruptedException {
        String[] two = new String[2];
        for (int i = 0; i < 2; ) {
            String next = ear.heard().poll(20, TimeUnit.SECONDS);
            if (next == null || next.startsWith("hello")) {
                two[i++] = String.valueOf(next);
            }
        }
        return Stream.of(two).sorted().toList();
    }
}
