package io.lws.bench.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * One client, in a process of its own: publishes as fast as it can with a bounded number under way, then sends messages to
 * itself one after the other. Prints a line of {@code name qos figures} for each.
 */
public final class MqttRun {
    private static final int PAYLOAD_BYTES = 64;
    private static final int UNDER_WAY = 256;
    private static final int WARM_UP_SHARE = 2;
    private static final long PATIENCE_SECONDS = 30;
    /** Trips end after this: for a client that takes tens of milliseconds for each. */
    private static final long TRIPS_NS = TimeUnit.SECONDS.toNanos(3);

    private final MqttSubject subject;
    private final byte[] payload = new byte[PAYLOAD_BYTES];

    private MqttRun(MqttSubject subject) {
        this.subject = subject;
        Arrays.fill(payload, (byte) 'x');
    }

    /** Arguments: client, port, messages for a rate, round trips. */
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // a peer says a line for each message
        int messages = Integer.parseInt(args[2]);
        int trips = Integer.parseInt(args[3]);
        try (MqttSubject subject = MqttSubject.connect(args[0], Integer.parseInt(args[1]))) {
            MqttRun run = new MqttRun(subject);
            for (int qos = 0; qos <= 2; qos++) {
                run.publish(qos, messages / WARM_UP_SHARE);
                double beforeNs = cpuNs();
                double perSecond = run.publish(qos, messages);
                System.out.printf(
                        Locale.ROOT, "rate %d %.0f %.2f%n", qos, perSecond, (cpuNs() - beforeNs) / 1000 / messages);
            }
            for (int qos = 0; qos <= 2; qos++) {
                run.trips(qos, trips / WARM_UP_SHARE, "warm");
                long[] took = run.trips(qos, trips, "trip");
                System.out.printf(Locale.ROOT, "trip %d %.1f %.1f%n", qos, micros(took, 50), micros(took, 99));
                long[] chained = run.chain(qos, trips, "chain");
                System.out.printf(Locale.ROOT, "chain %d %.1f %.1f%n", qos, micros(chained, 50), micros(chained, 99));
            }
        }
        System.exit(0); // some clients leave threads behind
    }

    private static double micros(long[] sortedNs, int percentile) {
        return sortedNs[(sortedNs.length - 1) * percentile / 100] / 1000.0;
    }

    /** Run time of all threads of this process. */
    private static double cpuNs() throws IOException {
        double sum = 0;
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path each : tasks.toList()) {
                sum += Double.parseDouble(
                        Files.readString(each.resolve("schedstat")).split(" ")[0]);
            }
        }
        return sum;
    }

    /** A client that loses a message has no figures. */
    static void done(@Nullable Throwable failure, Runnable done) {
        if (failure != null) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        done.run();
    }

    /** Messages a second, from the first to the answer to the last; at QoS 0 to that of one of QoS 1 behind it. */
    private double publish(int qos, int messages) throws Exception {
        Semaphore room = new Semaphore(UNDER_WAY);
        long startNs = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            room.acquire();
            subject.publish("rate", payload, qos, room::release);
        }
        await(room, UNDER_WAY);
        if (qos == 0) {
            Semaphore last = new Semaphore(0);
            subject.publish("rate", payload, 1, last::release);
            await(last, 1);
        }
        return messages * 1e9 / (System.nanoTime() - startNs);
    }

    /** How long each message took to this very client, sorted; at most so many, as far as time allows. */
    private long[] trips(int qos, int count, String name) throws Exception {
        Semaphore arrived = new Semaphore(0);
        String topic = name + "/" + qos;
        subject.subscribe(topic, qos, arrived::release);
        long[] took = new long[count];
        int done = 0;
        long endNs = System.nanoTime() + TRIPS_NS;
        for (long startNs = System.nanoTime(); done < count && startNs < endNs; startNs = System.nanoTime()) {
            subject.publish(topic, payload, qos, () -> {});
            await(arrived, 1);
            took[done++] = System.nanoTime() - startNs;
        }
        long[] sorted = Arrays.copyOf(took, done);
        Arrays.sort(sorted);
        return sorted;
    }

    /** As {@link #trips}, but each is published where the one before arrives: no thread of ours waits for another. */
    private long[] chain(int qos, int count, String name) throws Exception {
        Semaphore over = new Semaphore(0);
        Chain chain = new Chain(name + "/" + qos, qos, new long[count], over);
        subject.subscribe(chain.topic, qos, chain);
        chain.next();
        await(over, 1);
        long[] sorted = Arrays.copyOf(chain.took, chain.done);
        Arrays.sort(sorted);
        return sorted;
    }

    /** On whatever thread the client calls its handlers. */
    private final class Chain implements Runnable {
        private final String topic;
        private final int qos;
        private final long[] took;
        private final Semaphore over;
        private final long endNs = System.nanoTime() + TRIPS_NS;
        private int done;
        private long startNs;

        private Chain(String topic, int qos, long[] took, Semaphore over) {
            this.topic = topic;
            this.qos = qos;
            this.took = took;
            this.over = over;
        }

        private void next() throws Exception {
            startNs = System.nanoTime();
            subject.publish(topic, payload, qos, () -> {});
        }

        @Override
        public void run() {
            long nowNs = System.nanoTime();
            took[done++] = nowNs - startNs;
            if (done == took.length || nowNs > endNs) {
                over.release();
                return;
            }
            try {
                next();
            } catch (Exception e) {
                MqttRun.done(e, () -> {});
            }
        }
    }

    private static void await(Semaphore what, int permits) throws InterruptedException {
        if (!what.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer from the broker");
        }
    }
}
