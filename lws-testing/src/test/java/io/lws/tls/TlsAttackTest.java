package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import io.lws.testing.ManualClock;
import io.lws.testing.Peer;
import io.lws.testing.RecordingRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What peers do who mean no good, and what operators do to files. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsAttackTest {
    private static final KeyMaterial KEY = DevelopmentCertificate.localhost();

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    @TempDir
    Path directory;

    private final EchoRole echo = new EchoRole("echo");
    private Context context;
    private Vhost vhost;

    @AfterEach
    void close() {
        if (context != null) { // a test that was skipped has none
            context.close();
        }
    }

    private int serve(TlsConfig config, Limits limits) {
        return serve(config, Context.builder().limits(limits));
    }

    private int serve(TlsConfig config, Context.Builder builder) {
        vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(config)
                .build();
        context = leaks.watch(builder.role(echo).vhost(vhost).build()).start();
        return vhost.port();
    }

    private int serve(String provider) {
        return serve(TlsConfig.builder().key(KEY).provider(provider).build(), Limits.DEFAULT);
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Bytes until the end of stream, or -1 for a reset. */
    private static int drain(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            return -1;
        }
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void livesThroughGarbageAndMutatedHellos(String provider) throws IOException {
        int port = serve(provider);
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            byte[] junk = new byte[random.nextInt(2000) + 1];
            random.nextBytes(junk);
            if (i % 2 == 0) {
                junk = hello(junk, random);
            }
            try (Socket socket = socket(port)) {
                socket.getOutputStream().write(junk);
                socket.shutdownOutput();
                drain(socket);
            } catch (IOException e) {
                continue;
            }
        }
        try (JdkClient client = JdkClient.connect(port, "TLSv1.3")) {
            assertEquals("alive", client.echo("alive"));
        }
    }

    /** A good ClientHello with a few bytes changed, then junk. */
    private static byte[] hello(byte[] junk, Random random) throws IOException {
        var engine = JdkClient.context().createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(40_000);
        engine.wrap(java.nio.ByteBuffer.allocate(0), out);
        byte[] whole = java.util.Arrays.copyOf(out.array(), out.position() + junk.length);
        System.arraycopy(junk, 0, whole, out.position(), junk.length);
        for (int n = random.nextInt(4); n > 0; n--) {
            whole[random.nextInt(out.position())] ^= (byte) (1 << random.nextInt(8));
        }
        return whole;
    }

    /** Records that never end, and one that says it is larger than the bound: an alert, and the end. */
    @Test
    void refusesAClientHelloThatIsTooLong() throws IOException {
        int port = serve(
                TlsConfig.development(),
                Limits.builder().maxClientHelloBytes(2000).build());
        byte[] record = new byte[1005];
        byte[] header = {22, 3, 1, 3, (byte) 0xe8}; // 1000 bytes of a handshake
        System.arraycopy(header, 0, record, 0, header.length);
        byte[] message = {1, 0, (byte) 0x80, 0}; // a hello of 32768
        System.arraycopy(message, 0, record, header.length, message.length);
        try (Socket socket = socket(port)) {
            socket.getOutputStream().write(record);
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertEquals(7, answer.length);
            assertEquals(21, answer[0]);
            assertEquals(2, answer[5], "fatal");
        }
        while (context.connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void pausesAcceptingWhileTooManyHandshakesGoOn() throws Exception {
        int port =
                serve(TlsConfig.development(), Limits.builder().maxHandshakes(2).build());
        try (Socket one = socket(port);
                Socket two = socket(port)) {
            one.getOutputStream().write(22);
            two.getOutputStream().write(22);
            while (context.connections() < 2) {
                Thread.onSpinWait();
            }
            CompletableFuture<String> third = CompletableFuture.supplyAsync(() -> talk(port));
            assertEquals(2, context.connections());
            assertFalse(third.isDone());
            one.close();
            assertEquals("third", third.get(20, TimeUnit.SECONDS));
        }
    }

    private static String talk(int port) {
        try (JdkClient client = JdkClient.connect(port, "TLSv1.3")) {
            return client.echo("third");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line typed into openssl, and what it prints when it has been dealt with; {@code null} = until it ends. */
    private record Typed(String line, @Nullable String printed) {}

    /** Runs openssl against the server, types these lines, and gives what it printed. It may end before the last. */
    private static String openssl(int port, List<Typed> lines, String version) throws Exception {
        Process process = new ProcessBuilder("openssl", "s_client", "-connect", "127.0.0.1:" + port, version)
                .redirectErrorStream(true)
                .start();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader out = new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream in = process.getOutputStream()) {
            boolean alive = await(out, "Verify return code", printed);
            for (int i = 0; alive && i < lines.size(); i++) {
                in.write((lines.get(i).line + "\n").getBytes(StandardCharsets.US_ASCII));
                in.flush();
                alive = await(out, lines.get(i).printed, printed);
            }
        } catch (IOException e) {
            printed.append("ended: ").append(e.getMessage());
        } finally {
            process.destroy();
        }
        return printed.toString();
    }

    private static boolean await(BufferedReader out, @Nullable String wanted, StringBuilder printed)
            throws IOException {
        String line;
        while ((line = out.readLine()) != null) {
            printed.append(line).append('\n');
            if (wanted != null && line.contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private CloseInfo closeInfo() {
        RecordingRole role = echo.accepted.element();
        while (role.closeInfo() == null) {
            Thread.onSpinWait();
        }
        return role.closeInfo();
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void refusesRenegotiation(String provider) throws Exception {
        Peer.OPENSSL.require();
        int port = serve(provider);
        String printed = openssl(port, List.of(new Typed("R", null)), "-tls1_2");
        assertFalse(printed.contains("\nclosed"), "no close_notify, which would say that all is well");
        CloseInfo info = closeInfo();
        assertEquals("renegotiation refused", info.reason());
        TlsException cause = (TlsException) info.cause();
        assertNotNull(cause);
        assertEquals(TlsException.Reason.REFUSED, cause.reason());
    }

    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void takesAFewKeyUpdatesButNoFlood(String provider) throws Exception {
        Peer.OPENSSL.require();
        // its clock stands still: however long it takes to type them, they come in one second
        TlsConfig config = TlsConfig.builder().key(KEY).provider(provider).build();
        int port = serve(config, Context.builder().clock(new ManualClock()));
        List<Typed> few = new ArrayList<>(Collections.nCopies(5, new Typed("K", "KEYUPDATE")));
        few.add(new Typed("still here", "still here"));
        few.add(new Typed("Q", null));
        String printed = openssl(port, few, "-tls1_3");
        assertTrue(printed.contains("still here"), printed);
        assertEquals(CloseInfo.Initiator.PEER, closeInfo().initiator());
        echo.accepted.clear();
        openssl(port, Collections.nCopies(200, new Typed("k", "KEYUPDATE")), "-tls1_3");
        String reason = closeInfo().reason();
        // BoringSSL counts them itself
        assertTrue(
                reason.equals("more than 32 key updates in a second") || reason.contains("TOO_MANY_KEY_UPDATES"),
                reason);
    }

    private void write(Path file, KeyMaterial key, Instant time) throws Exception {
        try (var writer = new org.bouncycastle.openssl.jcajce.JcaPEMWriter(Files.newBufferedWriter(file))) {
            writer.writeObject(new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(key.key(), null));
            writer.writeObject(key.leaf());
        }
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    @Test
    void takesUpChangedFilesAndLeavesBrokenOnes() throws Exception {
        Path file = directory.resolve("both.pem");
        KeyMaterial first = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
        KeyMaterial second = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
        write(file, first, Instant.ofEpochSecond(1000));
        int port = serve(TlsConfig.of(file, file), Limits.DEFAULT);
        VhostTls tls = vhost.tls();
        try (JdkClient client = JdkClient.connect(port, "TLSv1.3")) {
            assertEquals(first.leaf(), client.certificate());
            assertFalse(tls.reloadIfChanged());
            Files.writeString(file, "half a fi");
            assertFalse(tls.reloadIfChanged());
            write(file, second, Instant.ofEpochSecond(2000));
            assertTrue(tls.reloadIfChanged());
            assertEquals("old", client.echo("old"));
            try (JdkClient fresh = JdkClient.connect(port, "TLSv1.3")) {
                assertEquals(second.leaf(), fresh.certificate());
            }
        }
    }
}
