package io.lws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client with a blocking socket, for tests against a real listener. */
public final class Caller implements AutoCloseable {
    /** A read that is never answered shall fail its test, not hang it. */
    private static final int READ_LIMIT_MS = 30_000;

    private final Socket socket;

    public Caller(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_LIMIT_MS);
    }

    /** Sends {@code value} and gives back what is echoed; -1 at the end of the stream. */
    public int echo(int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    /**
     * Blocks until the server ends the stream or resets it. Says something first: a caller the kernel dropped from a full
     * queue believes itself connected, and only learns better when it sends.
     */
    void awaitEnd() throws IOException {
        try {
            socket.getOutputStream().write(0);
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        } catch (SocketException e) {
            // reset: an end as well
            return;
        }
    }

    /** Closes with a reset instead of a FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
