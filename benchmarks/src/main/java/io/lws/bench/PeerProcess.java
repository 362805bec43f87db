package io.lws.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A peer that runs. */
final class PeerProcess implements AutoCloseable {
    private static final long START_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ANSWER_MS = 5000;
    private static final byte[] REQUEST =
            "GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Peer peer;
    private final Process process;
    private final InetSocketAddress address;
    private final int tlsPort;
    private final long startedNs;

    private PeerProcess(Peer peer, Process process, InetSocketAddress address, int tlsPort, long startedNs) {
        this.peer = peer;
        this.process = process;
        this.tlsPort = tlsPort;
        this.address = address;
        this.startedNs = startedNs;
        // a run that is interrupted leaves nothing behind
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** Starts {@code peer} and waits until it answers; what it says goes to a log in the work directory. */
    static PeerProcess start(Peer peer, ServerOptions options, Cores cores) throws IOException {
        Path files = Content.writeTo(Layout.work().resolve("static"));
        int port = freePort();
        int tlsPort = freePort();
        String pem = Content.certificateIn(Layout.work()).toString();
        Path log = Layout.work().resolve(peer.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(cores.server(peer.command(options, port, files)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("DIR", files.toString());
        builder.environment().put("TPORT", Integer.toString(tlsPort));
        builder.environment().put("CERT", pem);
        builder.environment().put("KEY", pem);
        long startNs = System.nanoTime();
        PeerProcess started =
                new PeerProcess(peer, builder.start(), new InetSocketAddress("127.0.0.1", port), tlsPort, startNs);
        started.awaitAnswer(log);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - startedNs > START_NS) {
                close();
                throw new IOException(peer + " does not answer; see " + log);
            }
            LockSupport.parkNanos(RETRY_NS);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    Peer peer() {
        return peer;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Where it speaks TLS, if it does. */
    int tlsPort() {
        return tlsPort;
    }

    long pid() {
        return process.pid();
    }

    /** When it was started, by {@link System#nanoTime}. */
    long startedNs() {
        return startedNs;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
