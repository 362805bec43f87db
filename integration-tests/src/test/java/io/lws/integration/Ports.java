package io.lws.integration;

import io.lws.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** For programs that cannot say which free port they have taken. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        return FreePort.next();
    }

    static void awaitListening(Program program, int port) {
        Await.until("listening: " + program.output(), Duration.ofSeconds(60), () -> isListening(port));
    }

    static boolean isListening(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
