package io.lws.tls;

import io.lws.testing.AnyCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A blocking TLS client of the platform's own, which believes everything. */
final class JdkClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;

    final SSLSocket socket;

    private JdkClient(SSLSocket socket) {
        this.socket = socket;
    }

    static SSLContext context(KeyMaterial... keys) {
        return keys.length == 0 ? AnyCertificate.context() : AnyCertificate.context(new KeyChoice(List.of(keys)));
    }

    static JdkClient connect(int port, String protocol) throws IOException {
        return connect(context(), port, List.of(protocol), null, List.of());
    }

    static JdkClient connect(SSLContext context, int port, List<String> protocols, String name, List<String> alpn)
            throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        SSLParameters parameters = socket.getSSLParameters();
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(new String[0]));
        }
        if (name != null) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        parameters.setApplicationProtocols(alpn.toArray(new String[0]));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new JdkClient(socket);
    }

    /** Sends, and returns as many bytes as it sent. */
    String echo(String text) throws IOException {
        send(text);
        return receive(text.length());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    String receive(int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
