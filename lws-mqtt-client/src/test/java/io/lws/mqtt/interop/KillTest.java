package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.policy.RetryPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The publishing process is killed again and again, the broker goes and comes back meanwhile: who receives what, how often. */
class KillTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(40);

    @TempDir
    Path directory;

    private final Random random = new Random(9);
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger distinct = new AtomicInteger();
    private AtomicIntegerArray times = new AtomicIntegerArray(0);

    @ParameterizedTest
    @CsvSource({"V5, EXACTLY_ONCE", "V3_1_1, AT_LEAST_ONCE"})
    void survivesAFewKills(MqttVersion version, Qos qos) throws Exception {
        killing(version, qos, 600, 4, 2);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    @Timeout(1200)
    @CsvSource({"V5, EXACTLY_ONCE", "V3_1_1, EXACTLY_ONCE", "V5, AT_LEAST_ONCE", "V3_1_1, AT_LEAST_ONCE"})
    void survivesAHundredKills(MqttVersion version, Qos qos) throws Exception {
        killing(version, qos, 10_000, 100, 10);
    }

    private void killing(MqttVersion version, Qos qos, int messages, int kills, int restarts) throws Exception {
        times = new AtomicIntegerArray(messages);
        try (Mosquitto broker = Mosquitto.start(Mosquitto.REMEMBERS_PUBREL);
                MqttClient receiver = receiver(broker.port(), version)) {
            receiver.subscribe("kill", qos, message -> count(Integer.parseInt(message.text())))
                    .get(20, TimeUnit.SECONDS);
            for (int kill = 0; kill < kills; kill++) {
                Process victim = victim(broker.port(), version, qos, messages);
                int share = messages / (kills + 1);
                awaitDistinct(share * kill + random.nextInt(share) + 1);
                LockSupport.parkNanos(random.nextInt(3_000_000));
                if ((kill + 1) % (kills / restarts) == 0) {
                    broker.restart();
                }
                victim.destroyForcibly().waitFor();
            }
            Process last = victim(broker.port(), version, qos, messages);
            assertTrue(last.waitFor(60, TimeUnit.SECONDS), "it never came to an end");
            assertEquals(0, last.exitValue(), () -> log() + broker.brokenPromises());
            awaitDistinct(messages);
            receiver.publish("kill", "0", Qos.AT_LEAST_ONCE).get(20, TimeUnit.SECONDS); // all before it has come
            awaitReceivedOnceMore();
            report(version, qos, messages, kills, restarts, broker);
        }
    }

    private void report(MqttVersion version, Qos qos, int messages, int kills, int restarts, Mosquitto broker) {
        int more = received.get() - 1 - messages;
        System.out.println(version + " " + qos + ": " + messages + " messages, " + kills + " kills, " + restarts
                + " restarts of the broker: " + distinct + " came, " + more + " of them again");
        if (qos == Qos.EXACTLY_ONCE) {
            assertEquals(0, more, broker::brokenPromises);
        }
    }

    private static MqttClient receiver(int port, MqttVersion version) {
        return MqttClient.open(MqttOptions.builder("127.0.0.1")
                .port(port)
                .version(version)
                .clientId("receiver")
                .keepSession(Duration.ofHours(1))
                .retry(new RetryPolicy(List.of(Duration.ofMillis(10)), 0, 1000, Integer.MAX_VALUE))
                .build());
    }

    private void count(int number) {
        if (times.incrementAndGet(number) == 1) {
            distinct.incrementAndGet();
        }
        received.incrementAndGet();
    }

    private void awaitDistinct(int wanted) {
        long beganNs = System.nanoTime();
        while (distinct.get() < wanted) {
            assertTrue(System.nanoTime() - beganNs < PATIENCE_NS, () -> distinct + " of " + wanted + " came\n" + log());
            LockSupport.parkNanos(100_000);
        }
    }

    private void awaitReceivedOnceMore() {
        long beganNs = System.nanoTime();
        while (times.get(0) < 2) {
            assertTrue(System.nanoTime() - beganNs < PATIENCE_NS, "the last message did not come");
            LockSupport.parkNanos(100_000);
        }
    }

    private Process victim(int port, MqttVersion version, Qos qos, int messages) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        File log = directory.resolve("victim.log").toFile();
        return new ProcessBuilder(Arrays.asList(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillVictim.class.getName(),
                        Integer.toString(port),
                        directory.resolve("journal").toString(),
                        version.name(),
                        qos.name(),
                        Integer.toString(messages)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("victim.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
