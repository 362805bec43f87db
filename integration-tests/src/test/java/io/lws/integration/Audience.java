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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen to a broadcast, in a process of its own, which knows nothing of the library. A message is text of which
 * the first twenty digits are its number and the next twenty the time it was sent, in nanoseconds of the clock that all
 * processes of a machine share; what follows does not matter.
 *
 * <pre>
 *  open N    N more WebSockets
 *  mute N    N more at /mute that never read
 *  hear N    the others hear the next N messages, all of them and in order; says of each when all have heard it, and
 *            prints the median of their age in microseconds
 * </pre>
 */
public final class Audience {
    private static final int DIGITS = 20;
    private static final int SMALL_BYTES = 8 << 10;
    private static final int BATCH = 200;
    private static final byte[] REQUEST = request("/");
    private static final byte[] MUTE_REQUEST = request("/mute");

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final List<Listener> reading = new ArrayList<>();
    private final List<Listener> muted = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
    private int goal;
    private int busy;
    private long[] agesNs = {};
    /** Of each message: who has not heard it yet. */
    private int[] missing = {};

    private int ages;

    private Audience(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static byte[] request(String path) {
        String text = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The one argument is the port. */
    public static void main(String[] args) throws IOException {
        Audience audience = new Audience(Integer.parseInt(args[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            audience.run(words[0], Integer.parseInt(words[1]));
            System.out.println("done " + line);
        }
    }

    private void run(String command, int count) throws IOException {
        switch (command) {
            case "open" -> open(count);
            case "mute" -> mute(count);
            case "hear" -> hear(count);
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** So many at a time ask before the first answer is waited for. */
    private void open(int count) throws IOException {
        for (int from = 0; from < count; from += BATCH) {
            int first = reading.size();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                reading.add(new Listener(reading.size(), REQUEST));
            }
            for (Listener each : reading.subList(first, reading.size())) {
                each.begin();
            }
        }
    }

    private void mute(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            muted.add(new Listener(reading.size() + i, MUTE_REQUEST));
        }
    }

    private void hear(int count) throws IOException {
        goal += count;
        busy = reading.size();
        agesNs = new long[reading.size() * count];
        missing = new int[goal];
        Arrays.fill(missing, reading.size());
        ages = 0;
        for (Listener each : reading) {
            each.listen();
        }
        System.out.println("listening");
        while (busy > 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                ((Listener) key.attachment()).onReadable(key);
            }
            selector.selectedKeys().clear();
        }
        Arrays.sort(agesNs);
        System.out.println("median " + agesNs[agesNs.length / 2] / 1000);
    }

    /** One WebSocket. What is left of a frame that has come in part waits in it. */
    private final class Listener {
        private final int number;
        private final SocketChannel channel = SocketChannel.open();
        private @Nullable SelectionKey key;
        private byte[] rest = {};
        private int heard;

        Listener(int number, byte[] request) throws IOException {
            this.number = number;
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BYTES);
            channel.connect(server);
            channel.write(ByteBuffer.wrap(request));
        }

        /** Waits for the answer, then for its cue. */
        void begin() throws IOException {
            ByteBuffer head = ByteBuffer.allocate(1);
            for (int matched = 0; matched < 4; ) {
                head.clear();
                if (channel.read(head) < 0) {
                    throw new IOException("listener " + number + ": no answer");
                }
                byte octet = head.get(0);
                matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
            }
            channel.configureBlocking(false);
        }

        void listen() throws IOException {
            SelectionKey open = key;
            if (open == null) {
                key = channel.register(selector, SelectionKey.OP_READ, this);
            } else {
                open.interestOps(SelectionKey.OP_READ);
            }
        }

        void onReadable(SelectionKey ready) throws IOException {
            buffer.clear().put(rest);
            if (channel.read(buffer) < 0) {
                throw new IOException("listener " + number + ": the server has closed");
            }
            buffer.flip();
            while (heard < goal && takeFrame()) {
                if (--missing[heard] == 0) {
                    System.out.println("all have heard " + heard);
                }
                heard++;
                if (heard == goal) {
                    busy--;
                    ready.interestOps(0);
                }
            }
            rest = new byte[buffer.remaining()];
            buffer.get(rest);
        }

        private boolean takeFrame() throws IOException {
            int at = buffer.position();
            if (buffer.remaining() < 4) {
                return false;
            }
            boolean two = buffer.get(at + 1) == 126;
            int from = at + (two ? 4 : 2);
            int length = two ? buffer.getShort(at + 2) & 0xffff : buffer.get(at + 1);
            if (buffer.limit() < from + length) {
                return false;
            }
            if (buffer.get(at) != (byte) 0x81 || number(from) != heard) {
                throw new IOException("listener " + number + ": not message " + heard);
            }
            agesNs[ages++] = System.nanoTime() - number(from + DIGITS);
            buffer.position(from + length);
            return true;
        }

        private long number(int from) {
            long number = 0;
            for (int i = 0; i < DIGITS; i++) {
                number = number * 10 + buffer.get(from + i) - '0';
            }
            return number;
        }
    }
}
