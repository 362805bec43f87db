package io.lws.epoll;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of this process's descriptors in /proc: which belongs to a selector, and which to a channel. The
 * JDK knows these numbers and does not tell; a selector's entry lists what it watches.
 */
final class OpenDescriptors {
    private static final Path FDS = Path.of("/proc/self/fd");
    private static final Path INFOS = Path.of("/proc/self/fdinfo");
    private static final String EPOLL = "anon_inode:[eventpoll]";
    private static final String TARGET = "tfd:";
    private static final int TRIES = 50;

    private OpenDescriptors() {}

    /** The number of the epoll descriptor of {@code selector}, which watches nothing. */
    static synchronized int ofSelector(Selector selector) throws IOException {
        @Nullable Set<Integer> candidates = null;
        for (int i = 0; i < TRIES; i++) {
            Set<Integer> watching = new HashSet<>();
            try (var probe = java.nio.channels.DatagramChannel.open()) {
                probe.configureBlocking(false);
                Set<String> before = watchedByAll();
                SelectionKey key = probe.register(selector, SelectionKey.OP_READ);
                selector.selectNow();
                for (String added : watchedByAll()) {
                    if (!before.contains(added)) {
                        watching.add(Integer.parseInt(added.substring(0, added.indexOf(' '))));
                    }
                }
                key.cancel();
                selector.selectNow();
            }
            // other loops begin to watch something meanwhile, but not each time
            if (candidates == null) {
                candidates = watching;
            } else {
                candidates.retainAll(watching);
            }
            if (candidates.size() == 1) {
                return candidates.iterator().next();
            }
        }
        throw new IOException("cannot tell which descriptor a selector is");
    }

    /** Every pair of an epoll descriptor and one it watches, such as {@code 7 12}. */
    private static Set<String> watchedByAll() throws IOException {
        Set<String> all = new HashSet<>();
        try (DirectoryStream<Path> fds = Files.newDirectoryStream(FDS)) {
            for (Path fd : fds) {
                int number = Integer.parseInt(fd.getFileName().toString());
                if (isEpoll(fd)) {
                    watchedBy(number).forEach(target -> all.add(number + " " + target));
                }
            }
        }
        return all;
    }

    private static boolean isEpoll(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString().equals(EPOLL);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static Set<Integer> watchedBy(int epoll) {
        Set<Integer> targets = new HashSet<>();
        try {
            for (String line : Files.readAllLines(INFOS.resolve(Integer.toString(epoll)))) {
                if (line.startsWith(TARGET)) {
                    targets.add(Integer.parseInt(
                            line.substring(TARGET.length()).strip().split(" +")[0]));
                }
            }
        } catch (IOException e) {
            return targets; // closed meanwhile
        }
        return targets;
    }

    /** The number of {@code channel}, which is non-blocking and open. Asks a selector of its own, whose number it finds. */
    static synchronized int ofChannel(SelectableChannel channel) throws IOException {
        try (Selector selector = Selector.open()) {
            int epoll = ofSelector(selector);
            Set<Integer> before = watchedBy(epoll);
            channel.register(selector, channel.validOps());
            selector.selectNow();
            Set<Integer> after = watchedBy(epoll);
            after.removeAll(before);
            if (after.size() != 1) {
                throw new IOException("cannot tell which descriptor " + channel + " is");
            }
            return after.iterator().next();
        }
    }
}
