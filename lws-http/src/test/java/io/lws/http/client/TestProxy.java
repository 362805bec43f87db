package io.lws.http.client;

import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A proxy met over TLS, of the JDK's sockets: opens tunnels, and hands on requests whose target says where to. */
final class TestProxy implements AutoCloseable {
    private static final char[] PASSWORD = "x".toCharArray();

    private final ServerSocket listener;
    private final LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();

    TestProxy(KeyMaterial key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("proxy", key.key(), PASSWORD, key.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        listener = tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next head it was sent. */
    String head() throws InterruptedException {
        return String.valueOf(heads.poll(20, TimeUnit.SECONDS));
    }

    /** Something that ends when a connection does. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // one end went, or this one is closing
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> pass(client));
        }
    }

    private void pass(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                client.close();
                return;
            }
            head.append((char) octet);
        }
        heads.add(head.toString());
        String[] words = head.toString().split(" ", 3);
        boolean tunnel = words[0].equals("CONNECT");
        URI there = URI.create(tunnel ? "tunnel://" + words[1] : words[1]);
        try (Socket origin = new Socket(there.getHost(), there.getPort());
                client) {
            if (tunnel) {
                client.getOutputStream().write("HTTP/1.1 200 fine\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                String asked = words[0] + " " + there.getRawPath() + " " + words[2];
                origin.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));
            }
            start(() -> copy(in, origin));
            copy(origin.getInputStream(), client);
        }
    }

    private static void copy(InputStream from, Socket to) throws IOException {
        OutputStream out = to.getOutputStream();
        byte[] piece = new byte[16 << 10];
        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
            out.write(piece, 0, n);
        }
        to.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
