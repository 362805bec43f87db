package io.lws.lwsws;

import io.lws.Log;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server as a process of the system: signals, admin socket, pid file, and a graceful end. */
final class Service implements AutoCloseable {
    private static final Log LOG = Log.of("lwsws");

    private static final int MAX_HOOKS_SECONDS = 10;
    /** As the JVM ends after SIGTERM: 128 and the signal's number. */
    private static final int TERMINATED = 143;

    private final Server server;
    private final PrintStream out;
    private final @Nullable SocketTaker taker;
    private final Runnable lastResort;
    private final Optional<Notifier> notifier = Notifier.of(System.getenv(), "systemd-notify");
    private @Nullable AdminSocket admin;
    private @Nullable Path pidFile;
    /** No generation serves any more. */
    private volatile boolean ended;

    /** {@code taker}: what holds the listening sockets of the process before, if they were taken over. */
    Service(Server server, PrintStream out, @Nullable SocketTaker taker) {
        this(server, out, taker, Service::halt);
    }

    /** {@code lastResort} ends a process that does not end, when it has been told to; on a thread of its own. */
    Service(Server server, PrintStream out, @Nullable SocketTaker taker, Runnable lastResort) {
        this.lastResort = lastResort;
        this.server = server;
        this.out = out;
        this.taker = taker;
    }

    /**
     * Serves, and answers the first generation.
     *
     * @throws ConfigurationException when that is not possible
     */
    Running open(@Nullable Path pid, @Nullable Path adminSocket) {
        Thread hearing = new Thread(this::hearReloads, "lwsws-signals");
        hearing.start(); // the JDK makes a class for it, in which time most of the rest is done
        Running first = server.load();
        if (taker != null) {
            taker.complete(first);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndEnd, "lwsws-shutdown"));
        try {
            openAdmin(adminSocket);
            writePid(pid);
        } catch (ConfigurationException e) {
            stop();
            throw e;
        }
        heard(hearing);
        notifier.ifPresent(each -> each.ready(server));
        ReadyLine.ofAll(first.context()).forEach(out::println);
        return first;
    }

    private void hearReloads() {
        Ahead.await();
        ReloadRequests reloads = new ReloadRequests(() -> {
            var unused = Reloading.of(server);
        });
        Signals.on("HUP", reloads::ask);
    }

    private static void heard(Thread hearing) {
        try {
            hearing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openAdmin(@Nullable Path wanted) {
        Optional<Path> path = wanted == null ? AdminSocket.usualPath(System.getenv()) : Optional.of(wanted);
        if (path.isEmpty()) {
            return;
        }
        try {
            admin = taker == null ? AdminSocket.open(path.get(), server) : AdminSocket.replace(path.get(), server);
        } catch (IOException e) {
            if (wanted != null) {
                throw new ConfigurationException(List.of("admin socket: " + e.getMessage()));
            }
            LOG.warn("admin", "no admin socket: " + e.getMessage());
        }
    }

    private void writePid(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
            pidFile = file;
        } catch (IOException e) {
            throw new ConfigurationException(List.of("pid file " + file + ": " + SystemWords.of(e)));
        }
    }

    void awaitEnd() {
        try {
            server.awaitEnd();
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A server that is told to end ends the process with it, though a hook that a plugin has added may not. One that has
     * ended by itself leaves the JVM the time it takes, such as for an archive of classes.
     *
     * @return whether it is made to end
     */
    boolean stopAndEnd() {
        boolean byItself = ended;
        stop();
        if (!byItself) {
            Thread end = new Thread(lastResort, "lwsws-halt");
            end.setDaemon(true);
            end.start();
        }
        return !byItself;
    }

    private static void halt() {
        try {
            TimeUnit.SECONDS.sleep(MAX_HOOKS_SECONDS);
            LOG.warn("stop", "a shutdown hook of a plugin does not end; not waiting for it");
            Runtime.getRuntime().halt(TERMINATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends gracefully, as at SIGTERM. */
    void stop() {
        notifier.ifPresent(Notifier::stopping);
        server.stop();
        close();
        ended = true;
    }

    /** Removes what would tell others that it runs. Idempotent. */
    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
            admin = null;
        }
        if (pidFile != null) {
            try {
                if (!server.isHandedOver()) {
                    Files.deleteIfExists(pidFile);
                }
            } catch (IOException e) {
                LOG.warn("pid file", "removing " + pidFile + ": " + SystemWords.of(e));
            }
            pidFile = null;
        }
    }
}
