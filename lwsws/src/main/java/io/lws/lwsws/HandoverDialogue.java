package io.lws.lwsws;

import io.lws.net.Listener;
import io.lws.net.SocketHandover;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What two processes say to each other while listening sockets pass from one to the other: lines, and after an empty one
 * the sockets in the order of their lines. Blocks. One thread.
 *
 * <pre>
 * gives: lwsws sockets 1                  takes:
 *        socket owned
 *        at tcp 127.0.0.1 7681
 *        (empty line, sockets)
 *                                                serving 4711
 *        draining
 * </pre>
 */
final class HandoverDialogue {
    private static final String GREETING = "lwsws sockets 1";
    private static final String OWNED = "socket owned";
    private static final String LENT = "socket lent";
    private static final String TCP = "at tcp ";
    private static final String UNIX = "at unix ";
    private static final String SERVING = "serving ";
    private static final String DRAINING = "draining";
    private static final int MAX_LINE_BYTES = 1024;

    private final SocketChannel channel;

    HandoverDialogue(SocketChannel channel) {
        this.channel = channel;
    }

    // ---- the one that gives

    void give(Places places) throws IOException {
        Map<Listener, List<SocketAddress>> wanted = new LinkedHashMap<>();
        places.byWanted()
                .forEach((address, listener) -> wanted.computeIfAbsent(listener, key -> new ArrayList<>())
                        .add(address));
        StringBuilder text = new StringBuilder(GREETING).append('\n');
        wanted.forEach((listener, addresses) -> {
            text.append(SocketHandover.ownsName(listener) ? OWNED : LENT).append('\n');
            addresses.forEach(each -> text.append(words(each)).append('\n'));
        });
        say(text.append('\n').toString());
        for (Listener each : wanted.keySet()) {
            SocketHandover.send(channel, each);
        }
    }

    /** Waits until they are served over there; the number of that process. @throws EOFException where they never will */
    String awaitServing() throws IOException {
        String word = line();
        if (!word.startsWith(SERVING)) {
            throw new IOException("not understood: " + word);
        }
        return word.substring(SERVING.length());
    }

    void sayDraining() throws IOException {
        say(DRAINING + "\n");
    }

    // ---- the one that takes

    Map<SocketAddress, Listener> take() throws IOException {
        String greeting = line();
        if (!greeting.equals(GREETING)) {
            throw new IOException("the other process says " + greeting + " where " + GREETING + " is understood");
        }
        List<Boolean> owned = new ArrayList<>();
        List<List<SocketAddress>> wanted = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith("at ") && !wanted.isEmpty()) {
                wanted.get(wanted.size() - 1).add(address(line));
            } else {
                owned.add(line.equals(OWNED));
                wanted.add(new ArrayList<>());
            }
        }
        Map<SocketAddress, Listener> taken = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Listener listener = SocketHandover.receive(channel, owned.get(i));
            wanted.get(i).forEach(each -> taken.put(each, listener));
            taken.put(listener.address(), listener);
        }
        return taken;
    }

    void sayServing() throws IOException {
        say(SERVING + ProcessHandle.current().pid() + "\n");
    }

    void awaitDraining() throws IOException {
        String word = line();
        if (!word.equals(DRAINING)) {
            throw new IOException("not understood: " + word);
        }
    }

    // ---- words

    private static String words(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? TCP + inet.getAddress().getHostAddress() + " " + inet.getPort()
                : UNIX + address;
    }

    private static SocketAddress address(String line) throws IOException {
        if (line.startsWith(UNIX)) {
            return UnixDomainSocketAddress.of(line.substring(UNIX.length()));
        }
        String[] words = line.split(" ", -1);
        if (!line.startsWith(TCP) || words.length != 4 || !words[3].matches("\\d{1,5}")) {
            throw new IOException("not understood: " + line);
        }
        return new InetSocketAddress(InetAddress.getByName(words[2]), Integer.parseInt(words[3]));
    }

    private void say(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Byte by byte: what comes behind an empty line must not be read here. */
    private String line() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LINE_BYTES);
        while (bytes.hasRemaining()) {
            bytes.limit(bytes.position() + 1);
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other process has gone");
            }
            if (bytes.get(bytes.position() - 1) == '\n') {
                return new String(bytes.array(), 0, bytes.position() - 1, StandardCharsets.UTF_8);
            }
            bytes.limit(bytes.capacity());
        }
        throw new IOException("a line has no end");
    }
}
