package io.lws.lwsws;

import io.lws.Log;
import io.lws.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd how the service is, through its own program {@code systemd-notify}: Java has no datagrams over unix
 * sockets. The unit needs {@code NotifyAccess=all}.
 */
final class Notifier {
    private static final Log LOG = Log.of("lwsws");
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final String program;
    private final Duration watchdog;

    private Notifier(String program, Duration watchdog) {
        this.program = program;
        this.watchdog = watchdog;
    }

    /** One that tells, where the environment says that somebody listens. */
    static Optional<Notifier> of(Map<String, String> environment, String program) {
        if (!environment.containsKey("NOTIFY_SOCKET")) {
            return Optional.empty();
        }
        String micros = environment.getOrDefault("WATCHDOG_USEC", "0");
        return Optional.of(new Notifier(program, Duration.ofNanos(Long.parseLong(micros) * 1_000)));
    }

    /** Says that it serves, and from then on, where a watchdog waits for it, that its loops still turn. */
    void ready(Server server) {
        tell("READY=1");
        if (!watchdog.isZero()) {
            Thread thread = new Thread(() -> watch(server), "lwsws-watchdog");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void stopping() {
        tell("STOPPING=1");
    }

    private void watch(Server server) {
        try {
            while (!server.running().isEmpty()) {
                if (turns(server)) {
                    tell("WATCHDOG=1");
                } else {
                    LOG.warn("watchdog", "a loop has not ended its turn for " + watchdog.toMillis() / 4 + " ms");
                }
                TimeUnit.NANOSECONDS.sleep(watchdog.toNanos() / 4);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether every loop of the newest generation does a task within a quarter of the watchdog's time, and its listeners
     * are its own: a loop of the generation before that does not end its turn would keep all callers waiting.
     */
    private boolean turns(Server server) throws InterruptedException {
        List<Running> running = server.running();
        if (running.isEmpty()) {
            return true;
        }
        Running newest = running.get(running.size() - 1);
        if (!newest.context().awaitAccepting(watchdog.dividedBy(4))) {
            return false;
        }
        List<EventLoop> loops = newest.context().loops();
        CountDownLatch turned = new CountDownLatch(loops.size());
        for (EventLoop each : loops) {
            each.execute(new EventLoop.Task() {
                @Override
                public void run() {
                    turned.countDown();
                }

                @Override
                public void dropped() {
                    turned.countDown();
                }
            });
        }
        return turned.await(watchdog.toNanos() / 4, TimeUnit.NANOSECONDS);
    }

    private void tell(String state) {
        List<String> command = new ArrayList<>(List.of(program, state));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                LOG.warn("systemd", program + " " + state + " does not end");
            }
        } catch (IOException e) {
            LOG.warn("systemd", "not told " + state + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
