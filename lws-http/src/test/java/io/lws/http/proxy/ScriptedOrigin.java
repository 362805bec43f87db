package io.lws.http.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server for one connection after the other that reads a head and then does as it was told. */
final class ScriptedOrigin implements AutoCloseable {
    /** What to do once a head has come. */
    interface Script {
        void run(Socket socket, String head) throws IOException;
    }

    private final ServerSocket listener;
    private final LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();

    ScriptedOrigin(Script script) throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(script), "origin");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends {@code response} and closes. */
    static ScriptedOrigin answering(String response) throws IOException {
        return new ScriptedOrigin((socket, head) -> say(socket, response));
    }

    static void say(Socket socket, String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "http://localhost:" + port();
    }

    /** The next head it has read. */
    String head() throws InterruptedException {
        return String.valueOf(heads.poll(20, TimeUnit.SECONDS));
    }

    private void serve(Script script) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                String head = readHead(socket.getInputStream());
                heads.add(head);
                script.run(socket, head);
            } catch (IOException e) {
                continue; // the other end went, or this one is closing
            }
        }
    }

    static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("end of stream in a head");
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
