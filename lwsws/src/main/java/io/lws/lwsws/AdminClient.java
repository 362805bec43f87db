package io.lws.lwsws;

import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The other end of the admin socket: asks a server that runs, and prints what it says. */
final class AdminClient {
    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final Path socket;

    AdminClient(Path socket) {
        this.socket = socket;
    }

    /** What came back: a status of HTTP and a text. */
    record Answer(int status, String text) {
        boolean isGood() {
            return status == 200;
        }

        void print(PrintStream out, PrintStream err) {
            (isGood() ? out : err).print(text);
        }
    }

    /** @throws IOException naming the socket when nobody answers there */
    Answer ask(String method, String path) throws IOException {
        String request = method + " " + path + " HTTP/1.0\r\nHost: admin\r\n"
                + (method.equals("POST") ? "Content-Length: 0\r\n" : "") + "\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return parsed(
                    new String(Channels.newInputStream(channel).readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("no lwsws answers at " + socket + ": " + e.getMessage(), e);
        }
    }

    private static Answer parsed(String answer) throws IOException {
        int end = answer.indexOf("\r\n\r\n");
        String[] line = answer.split(" ", 3);
        if (end < 0 || line.length < 3 || !line[1].matches("\\d{3}")) {
            throw new IOException("what came back is not an answer");
        }
        return new Answer(Integer.parseInt(line[1]), answer.substring(end + 4));
    }
}
