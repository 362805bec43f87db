package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server that may open no more than so many files: it must neither spin nor need help to go on. */
class DescriptorExhaustionTest {
    private static final int MAX_DESCRIPTORS = 96;
    private static final int CALLERS = 200;
    private static final long BACKOFF_NS = 20_000_000;
    private static final int BACKOFFS_WATCHED = 20;

    /** The server: prints its port, then answers each line it reads with the turns taken over some back-offs. */
    static final class Server {
        private Server() {}

        public static void main(String[] args) throws Exception {
            Limits limits =
                    Limits.builder().acceptBackoff(Duration.ofNanos(BACKOFF_NS)).build();
            Vhost vhost = Vhost.builder("v")
                    .listen(InetAddress.getLoopbackAddress(), 0)
                    .build();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            try (Context context = Context.builder()
                    .limits(limits)
                    .role(new EchoRole())
                    .vhost(vhost)
                    .build()
                    .start()) {
                System.out.println(vhost.port());
                EventLoop loop = context.loops().get(0);
                while (in.readLine() != null) {
                    loop.execute(() -> countTurns(loop));
                }
            }
        }

        private static void countTurns(EventLoop loop) {
            int before = loop.turnNumber();
            Timer end = new Timer(nowNs -> System.out.println(loop.turnNumber() - before));
            loop.schedule(end, BACKOFFS_WATCHED * BACKOFF_NS);
        }
    }

    private static Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -n " + MAX_DESCRIPTORS + " && exec \"$@\"";
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        "sh",
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void restsWithoutSpinningAndGoesOnByItself() throws Exception {
        Process server = start();
        List<Caller> callers = new ArrayList<>();
        try (BufferedReader said = server.inputReader(StandardCharsets.US_ASCII);
                PrintStream tell = new PrintStream(server.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            int port = Integer.parseInt(said.readLine());
            // everything a connection and its end need is loaded before no file can be opened any more
            // once the third is answered, the loop has long seen the first one's end
            for (int i = 0; i < 3; i++) {
                try (Caller first = new Caller(port)) {
                    assertEquals(1, first.echo(1));
                }
            }
            for (int i = 0; i < CALLERS; i++) {
                callers.add(new Caller(port));
            }
            assertEquals(1, callers.get(0).echo(1));
            tell.println("turns");
            int turns = Integer.parseInt(said.readLine());
            assertTrue(turns < 20 * BACKOFFS_WATCHED, "turns in " + BACKOFFS_WATCHED + " back-offs: " + turns);
            // each that is answered hangs up and so makes room for those that still wait in the kernel's queue
            for (Caller each : callers) {
                assertEquals(7, each.echo(7));
                each.close();
            }
        } finally {
            for (Caller each : callers) {
                each.close();
            }
            server.destroy();
            server.waitFor();
        }
    }
}
