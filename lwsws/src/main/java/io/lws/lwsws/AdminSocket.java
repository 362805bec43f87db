package io.lws.lwsws;

import io.lws.Context;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.http.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The unix socket on which the owner of the process asks for a reload or for its state, over HTTP. A context of its own:
 * no generation comes or goes with it.
 */
final class AdminSocket implements AutoCloseable {
    private static final Log LOG = Log.of("lwsws");

    /** What the system's addresses have room for. */
    private static final int MAX_PATH_BYTES = 107;

    private final Context context;
    private final Path path;
    private final Server server;

    private AdminSocket(Context context, Path path, Server server) {
        this.context = context;
        this.path = path;
        this.server = server;
    }

    /** Where it is unless told otherwise: in the directory the system gives a service or a user, if it does. */
    static Optional<Path> usualPath(Map<String, String> environment) {
        String service = environment.get("RUNTIME_DIRECTORY");
        if (service != null) {
            return Optional.of(Path.of(service.split(":", 2)[0], "admin.sock"));
        }
        String user = environment.get("XDG_RUNTIME_DIR");
        if (user != null && Files.isDirectory(Path.of(user))) {
            return Optional.of(Path.of(user, "lwsws.sock"));
        }
        Path system = Path.of("/run/lwsws");
        return Files.isDirectory(system) ? Optional.of(system.resolve("admin.sock")) : Optional.empty();
    }

    /**
     * Listens at {@code path}, with rights for the owner alone from its first moment. A socket that a process left behind
     * is replaced, and nothing else is.
     *
     * @throws IOException naming the path when that is not possible, or another lwsws answers there
     */
    static AdminSocket open(Path path, Server server) throws IOException {
        if (SocketFiles.answers(path)) {
            throw new IOException("another lwsws serves " + path);
        }
        return replace(path, server);
    }

    /** As {@link #open}, whoever answers there: the process before, which gives way. */
    static AdminSocket replace(Path path, Server server) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new IOException(path + " is no place for a socket");
        }
        requireUsable(absolute, directory);
        // listens in a directory nobody else can enter, and is shown to others only when its rights are right
        Path hidden = hidden(directory);
        Path born = hidden.resolve("s");
        Context context = null;
        try {
            requireShort(born);
            context = context(born, server, new SocketGiver(server, directory));
            Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
            Files.move(born, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            if (context != null) {
                context.close(Duration.ZERO);
            }
            throw e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
        } finally {
            Files.deleteIfExists(hidden);
        }
        return new AdminSocket(context.start(), absolute, server);
    }

    /** Nothing but a socket that was left behind may give way to one. */
    private static void requireUsable(Path path, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(path + ": there is no directory " + directory);
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !SocketFiles.isSocket(path)) {
            throw new IOException(path + " is there already and no socket; it is left as it is");
        }
        requireShort(path);
    }

    private static void requireShort(Path path) throws IOException {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw new IOException(path + ": " + bytes + " bytes are too long for the path of a socket, which may have "
                    + MAX_PATH_BYTES);
        }
    }

    private static Path hidden(Path directory) throws IOException {
        try {
            return Files.createTempDirectory(directory, ".lwsws");
        } catch (IOException e) {
            throw new IOException("nothing can be made in " + directory + ": " + SystemWords.of(e), e);
        }
    }

    private static Context context(Path socket, Server server, SocketGiver giver) {
        Vhost admin = Vhost.builder("admin")
                .unixSocket(socket)
                .protocol("admin", (vhost, options) -> new AdminProtocol(server, giver))
                .mount(Mount.callback("/", "admin"))
                .build();
        return Context.builder().vhost(admin).build();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            if (!server.isHandedOver()) { // else it is the new process's
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("admin", "removing " + path + ": " + e.getMessage());
        }
        context.close(Duration.ofSeconds(1));
    }
}
