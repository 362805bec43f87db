package io.lws.lwsws;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The files that unix sockets are, which outlive a process that is killed. */
final class SocketFiles {
    private static final int KIND_BITS = 0170000;
    private static final int KIND_SOCKET = 0140000;

    private SocketFiles() {}

    static boolean isSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & KIND_BITS) == KIND_SOCKET;
    }

    /** Whether somebody listens there. */
    static boolean answers(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false; // left behind by a process that is no more
        }
    }

    /** Removes a socket at which nobody listens any more; everything else stays. */
    static void removeLeftBehind(Path path) throws IOException {
        if (isSocket(path) && !answers(path)) {
            Files.deleteIfExists(path);
        }
    }
}
