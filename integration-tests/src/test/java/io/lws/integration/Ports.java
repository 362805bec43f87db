package io.lws.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** For programs that cannot say which free port they have taken. */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    static void awaitListening(Program program, int port) {
        Await.until("listening: " + program.output(), Duration.ofSeconds(20), () -> {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }
}
