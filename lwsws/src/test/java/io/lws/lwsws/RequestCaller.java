package io.lws.lwsws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An HTTP client that keeps its connection for as long as the server says, and does nothing twice. One thread. */
final class RequestCaller implements AutoCloseable {
    private final int port;
    private volatile boolean heard;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    RequestCaller(int port) {
        this.port = port;
    }

    /** The content of the answer, behind its status where that is not 200. */
    String get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** As {@link #get} on a connection that ends with it. */
    String getOnce(String path) throws IOException {
        close();
        return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** Whether anything of the answer to the last request has come. */
    boolean hasHeard() {
        return heard;
    }

    private String exchange(String request) throws IOException {
        heard = false;
        Socket open = socket;
        InputStream from = in;
        if (open == null || from == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            from = new BufferedInputStream(open.getInputStream());
            socket = open;
            in = from;
        }
        open.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(from);
        int length = 0;
        boolean last = false;
        for (String line = line(from); !line.isEmpty(); line = line(from)) {
            String lower = line.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(line.substring(15).trim())
                    : length;
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        String body = new String(from.readNBytes(length), StandardCharsets.UTF_8);
        if (last) {
            close();
        }
        return status.startsWith("HTTP/1.1 200 ") ? body : status + " " + body;
    }

    private String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            heard = true;
            if (b < 0) {
                throw new EOFException("after \"" + line + "\"");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).trim();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
