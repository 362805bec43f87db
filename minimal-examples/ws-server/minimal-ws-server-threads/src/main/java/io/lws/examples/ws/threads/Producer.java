package io.lws.examples.ws.threads;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that makes a numbered message every so often, from its making to {@link #close}. */
final class Producer {
    private final String name;
    private final Consumer<String> sink;
    private final ScheduledExecutorService thread;
    private long made;

    Producer(String name, int intervalMs, Consumer<String> sink) {
        this.name = name;
        this.sink = sink;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "producer " + name);
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = thread.scheduleAtFixedRate(this::make, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    private void make() {
        made++;
        sink.accept(name + ": message " + made);
    }

    void close() {
        thread.shutdownNow();
    }
}
