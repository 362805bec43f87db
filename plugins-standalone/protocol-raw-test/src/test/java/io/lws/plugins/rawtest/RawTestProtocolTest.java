package io.lws.plugins.rawtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no fifos")
class RawTestProtocolTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Vhost vhost(Path fifo) {
        return Vhost.builder("localhost")
                .listen(LOOPBACK, 0)
                .acceptRole("raw-skt")
                .protocol(
                        "protocol-lws-raw-test",
                        new RawTestPlugin().factory(),
                        ProtocolOptions.of("fifo-path", fifo.toString()))
                .build();
    }

    private static Socket call(Vhost vhost) throws IOException {
        Socket socket = new Socket(LOOPBACK, vhost.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void echo(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        assertArrayEquals(bytes, socket.getInputStream().readNBytes(bytes.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tellsEverybodyWhatIsWrittenIntoTheFifo(int loops, @TempDir Path directory) throws Exception {
        Path fifo = directory.resolve("fifo");
        Vhost vhost = vhost(fifo);
        byte[] much = new byte[100_000];
        new Random(1).nextBytes(much);
        try (Context context =
                        Context.builder().loops(loops).vhost(vhost).build().start();
                Socket first = call(vhost);
                Socket second = call(vhost)) {
            echo(first, much);
            echo(second, new byte[] {1, 2, 3});
            // a writer that leaves is followed by another
            for (String line : new String[] {"one\n", "two\n"}) {
                Files.writeString(fifo, line);
                byte[] expected = line.getBytes(StandardCharsets.UTF_8);
                assertArrayEquals(expected, first.getInputStream().readNBytes(4));
                assertArrayEquals(expected, second.getInputStream().readNBytes(4));
            }
            assertTrue(context.connections() >= 3);
        }
    }

    @Test
    void refusesWhatIsNoFifo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Throwable refused = assertThrows(
                RuntimeException.class,
                () -> Context.builder().vhost(vhost(file)).build());
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        assertTrue(refused.getMessage().contains("is no fifo"), refused.getMessage());
    }
}
