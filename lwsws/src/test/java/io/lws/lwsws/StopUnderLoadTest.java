package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while requests are being served: each that was accepted gets its whole answer. */
class StopUnderLoadTest {
    /** Answers only after a while, so that requests are always under way. */
    private static final String SLOW = """
            package plugin;
            import io.lws.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.AtomicInteger;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "slow"; }
                public String description() { return "for a test"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return (vhost, options) -> new Slow(); }
                static class Slow implements io.lws.http.HttpProtocol<Void> {
                    final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
                    final AtomicInteger asked = new AtomicInteger();
                    public void onRequest(io.lws.http.HttpTransaction<Void> http) {
                        asked.incrementAndGet();
                        later.schedule(() -> http.execute(() -> http.respond(200, "text/plain", "done")),
                                50, TimeUnit.MILLISECONDS);
                    }
                    public void close() {
                        later.shutdownNow();
                        System.out.println("asked " + asked);
                    }
                }
            }
            """;

    private static final int CALLERS = 16;

    @TempDir
    private Path directory;

    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final CountDownLatch warm = new CountDownLatch(10 * CALLERS);

    private Process start() throws IOException {
        Files.createDirectories(directory.resolve("plugins"));
        PluginJar.provider(SLOW).into(directory.resolve("plugins/slow.jar"));
        new ConfigurationDir(directory).file("conf", """
                {"global": {"shutdown-timeout": 20}, "vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "callback://slow"}], "ws-protocols": [{"slow": {}}]}]}
                """);
        return new ProcessBuilder(LwswsCommand.of(
                        List.of(),
                        directory,
                        "--pid-file",
                        directory.resolve("pid").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Thread caller(int port) {
        Thread thread = new Thread(() -> {
            RequestCaller http = new RequestCaller(port);
            try (http) {
                while (true) {
                    String answer = http.getOnce("/");
                    if (!answer.equals("done")) {
                        broken.add(answer);
                    }
                    answered.incrementAndGet();
                    warm.countDown();
                }
            } catch (ConnectException e) {
                return; // it has stopped to listen
            } catch (SocketException e) {
                // The kernel answers callers until the socket is closed, and resets those whom nobody has accepted: who
                // comes between the last accept and the close has not been let in, and no request of his been heard.
                if (!http.hasHeard() && isRefused(port)) {
                    turnedAway.incrementAndGet();
                } else {
                    broken.add(e.toString());
                }
            } catch (IOException e) {
                broken.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    private static boolean isRefused(int port) {
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !late.isConnected();
        } catch (IOException e) {
            return e instanceof ConnectException;
        }
    }

    @Test
    void finishesWhatItHasAccepted() throws Exception {
        Process server = start();
        try (var lines = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = lines.readLine();
            Matcher port = Pattern.compile("ready http://localhost:(\\d+) .*").matcher(ready);
            assertTrue(port.matches(), ready);
            assertEquals(server.pid() + "\n", Files.readString(directory.resolve("pid")));
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(caller(Integer.parseInt(port.group(1))));
            }
            assertTrue(warm.await(60, TimeUnit.SECONDS));
            server.toHandle().destroy(); // SIGTERM, without closing what it says
            assertTrue(server.waitFor(60, TimeUnit.SECONDS));
            for (Thread each : callers) {
                each.join();
            }
            assertEquals(List.of(), List.copyOf(broken));
            assertTrue(turnedAway.get() < CALLERS / 2, turnedAway + " of " + CALLERS + " were not let in");
            assertTrue(answered.get() >= 10 * CALLERS);
            assertEquals("asked " + answered, lines.readLine(), "each request that was heard is answered");
            assertTrue(Files.notExists(directory.resolve("pid")));
        } finally {
            server.destroyForcibly();
        }
    }
}
