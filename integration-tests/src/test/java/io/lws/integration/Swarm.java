package io.lws.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A crowd of clients in a process of its own, which knows nothing of the library: one selector, a line of input for each
 * thing to do, a line of output when it is done.
 *
 * <pre>
 *  connect N    N more TCP connections
 *  open N       N more, each of which asks for a WebSocket at once and reads the answer
 *  exchange N   each sends N numbered messages and checks that they come back, all of them and in order
 *  kill N       N connections end by RST
 *  close        the rest end by FIN
 * </pre>
 */
public final class Swarm {
    private static final int CONNECTS_AT_ONCE = 256;
    private static final int WINDOW = 4;
    private static final byte[] REQUEST = ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress server;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private int busy;
    private int connecting;

    private Swarm(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        selector = Selector.open();
    }

    /** The one argument is the port. */
    public static void main(String[] args) throws IOException {
        Swarm swarm = new Swarm(Integer.parseInt(args[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            swarm.run(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0);
            System.out.println("done " + line);
        }
    }

    private void run(String command, int count) throws IOException {
        switch (command) {
            case "connect" -> connect(count, Next.NOTHING);
            case "open" -> connect(count, Next.UPGRADE);
            case "exchange" -> {
                for (Client each : clients) {
                    each.exchange(count);
                }
                serveWhileBusy();
            }
            case "kill" -> kill(count);
            case "close" -> {
                for (Client each : clients) {
                    each.channel.close();
                }
                clients.clear();
                selector.selectNow();
            }
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** What a client does once it is connected. */
    private enum Next {
        NOTHING,
        UPGRADE
    }

    private void connect(int count, Next next) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(clients.size(), next));
            while (connecting >= CONNECTS_AT_ONCE) {
                serve();
            }
        }
        serveWhileBusy();
    }

    private void kill(int count) throws IOException {
        List<Client> victims = clients.subList(0, count);
        for (Client each : victims) {
            each.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            each.channel.close();
        }
        victims.clear();
        selector.selectNow();
    }

    private void serveWhileBusy() throws IOException {
        while (busy > 0) {
            serve();
        }
    }

    private void serve() throws IOException {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
            ((Client) key.attachment()).onReady();
        }
        selector.selectedKeys().clear();
    }

    /** One connection. Its messages are its own number and theirs. */
    private final class Client {
        private final int number;
        private final Next next;
        private final SocketChannel channel;
        private final SelectionKey key;
        private int sent;
        private int received;
        private int goal;
        /** Bytes seen of the answer to the upgrade that still end it: 4 when it is over. */
        private int headEnd = 4;
        /** Bytes of the frame expected next that have come. */
        private int matched;

        Client(int number, Next next) throws IOException {
            this.number = number;
            this.next = next;
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            busy++;
            connecting++;
            boolean now = channel.connect(server);
            key = channel.register(selector, now ? 0 : SelectionKey.OP_CONNECT, this);
            if (now) {
                connected();
            }
        }

        private void connected() throws IOException {
            key.interestOps(SelectionKey.OP_READ);
            connecting--;
            if (next == Next.UPGRADE) {
                headEnd = 0;
                channel.write(ByteBuffer.wrap(REQUEST));
            } else {
                busy--;
            }
        }

        void exchange(int messages) throws IOException {
            goal = received + messages;
            busy++;
            send();
        }

        void onReady() throws IOException {
            if (key.isConnectable()) {
                channel.finishConnect();
                connected();
                return;
            }
            int n = channel.read(buffer.clear());
            if (n < 0) {
                throw new IOException("client " + number + ": the server has closed");
            }
            buffer.flip();
            readHead();
            readEchoes();
        }

        private void readHead() {
            while (headEnd < 4 && buffer.hasRemaining()) {
                byte octet = buffer.get();
                headEnd = octet == "\r\n\r\n".charAt(headEnd) ? headEnd + 1 : octet == '\r' ? 1 : 0;
                if (headEnd == 4) {
                    busy--;
                }
            }
        }

        private void readEchoes() throws IOException {
            while (buffer.hasRemaining()) {
                byte[] expected = frame(received, false);
                while (matched < expected.length && buffer.hasRemaining()) {
                    if (buffer.get() != expected[matched++]) {
                        throw new IOException(
                                "client " + number + ": not message " + received + ", at byte " + matched);
                    }
                }
                if (matched == expected.length) {
                    matched = 0;
                    received++;
                    if (received == goal) {
                        busy--;
                    }
                    send();
                }
            }
        }

        private void send() throws IOException {
            while (sent < goal && sent < received + WINDOW) {
                ByteBuffer frame = ByteBuffer.wrap(frame(sent++, true));
                channel.write(frame);
                if (frame.hasRemaining()) {
                    throw new IOException("client " + number + ": the socket is full with a few bytes");
                }
            }
        }

        private byte[] frame(int message, boolean masked) {
            byte[] text = ("client " + number + ", message " + message).getBytes(StandardCharsets.US_ASCII);
            int at = masked ? 6 : 2;
            byte[] frame = new byte[at + text.length];
            frame[0] = (byte) 0x81;
            frame[1] = (byte) (text.length | (masked ? 0x80 : 0)); // the key is four zeros: nothing to do
            System.arraycopy(text, 0, frame, at, text.length);
            return frame;
        }
    }
}
