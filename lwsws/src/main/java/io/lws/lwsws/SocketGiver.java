package io.lws.lwsws;

import io.lws.Log;
import io.lws.net.SocketHandover;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Hands the listening sockets of this process to a new one, which asks for that on the admin socket and then comes to a
 * socket made for it alone, in a directory that only the owner of the process and root can enter. Until the new one says
 * that it serves, nothing changes here; when it ends without saying so, nothing has.
 */
final class SocketGiver {
    private static final Log LOG = Log.of("lwsws");
    private static final String TAG = "handover";
    /** From the request on the admin socket until the new process serves. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final Server server;
    private final Path directory;

    /** {@code directory} is where the admin socket lies. */
    SocketGiver(Server server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Waits for the new process on a thread of its own.
     *
     * @return where it is to come
     * @throws IllegalStateException while that is not possible, saying why
     */
    Path offer() throws IOException {
        SocketHandover.obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        server.beginHandover();
        Path hidden = null;
        try {
            hidden = Files.createTempDirectory(directory, ".lwsws");
            Path place = hidden.resolve("sockets");
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                door.bind(UnixDomainSocketAddress.of(place), 1);
            } catch (IOException e) {
                door.close();
                throw e;
            }
            // no daemon: the process may have nothing else to do before the other has heard the last word
            new Thread(() -> give(door, place), "lwsws-handover").start();
            return place;
        } catch (IOException e) {
            if (hidden != null) {
                Files.deleteIfExists(hidden);
            }
            server.abandonHandover();
            throw e;
        }
    }

    private void give(ServerSocketChannel door, Path place) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
        try (door) {
            ScheduledFuture<?> late = closeLater(clock, door);
            try (SocketChannel caller = door.accept()) {
                late.cancel(false);
                var unused = closeLater(clock, caller);
                requireOwner(caller, Files.getOwner(place));
                HandoverDialogue dialogue = new HandoverDialogue(caller);
                dialogue.give(server.placesToGive());
                String pid = dialogue.awaitServing();
                server.completeHandover();
                LOG.info(TAG, "process " + pid + " serves; this one ends with its last connection");
                dialogue.sayDraining();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(TAG, "a new process did not get as far as to serve (" + e.getMessage() + ")");
        } finally {
            clock.shutdownNow();
            if (server.abandonHandover()) {
                LOG.warn(TAG, "what served before serves on");
            }
            forget(place);
        }
    }

    private static ScheduledFuture<?> closeLater(ScheduledThreadPoolExecutor clock, AutoCloseable channel) {
        return clock.schedule(
                () -> {
                    channel.close();
                    return null;
                },
                MAX_WAIT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The directory's rights say the same, where nobody has changed them. */
    private static void requireOwner(SocketChannel caller, UserPrincipal owner) throws IOException {
        UserPrincipal user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        UserPrincipal root =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("root");
        if (!user.equals(owner) && !user.equals(root)) {
            throw new IOException("user " + user + " may not have the sockets of " + owner);
        }
    }

    private static void forget(Path place) {
        try {
            Files.deleteIfExists(place);
            Path hidden = place.getParent();
            if (hidden != null) {
                Files.deleteIfExists(hidden);
            }
        } catch (IOException e) {
            LOG.warn(TAG, "removing " + place + ": " + e.getMessage());
        }
    }
}
