package io.lws.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP ports for programs that cannot say which one they have taken. A port that the system chose may be given to somebody
 * else, a caller of this very machine among them, before the program listens on it, or while it is restarted; so these
 * are of those that the system gives to nobody who does not name them: on Linux those below 32768 (ip(7),
 * ip_local_port_range).
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int SPAN = 12_000;
    /** Another run of tests on this machine begins elsewhere. */
    private static final int START = (int) (ProcessHandle.current().pid() * 97 % SPAN);

    private static final AtomicInteger GIVEN = new AtomicInteger();

    private FreePort() {}

    /** Nobody listens on it now, and no other caller of this process gets it. */
    public static int next() throws IOException {
        for (int i = 0; i < SPAN; i++) {
            int port = FIRST + (START + GIVEN.getAndIncrement()) % SPAN;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free from " + FIRST + " on");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (BindException taken) {
            return false;
        }
    }
}
