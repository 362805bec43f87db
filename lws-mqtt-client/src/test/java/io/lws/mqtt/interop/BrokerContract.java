package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.packet.Will;
import io.lws.policy.RetryPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What any broker understands, and what we understand of it, over any transport; the broker is there for all tests of a
 * class.
 */
abstract class BrokerContract {
    static final RetryPolicy SOON = new RetryPolicy(List.of(Duration.ofMillis(20)), 0, 0, Integer.MAX_VALUE);

    private final List<MqttClient> opened = new ArrayList<>();

    /** Where and how the broker listens. */
    abstract MqttOptions.Builder broker();

    /** Of a payload that goes through no buffer in one piece. */
    int longBytes() {
        return 3 << 20;
    }

    @AfterEach
    void closeClients() {
        opened.forEach(MqttClient::close);
    }

    private MqttOptions.Builder options(MqttVersion version) {
        return broker().version(version).retry(SOON);
    }

    MqttClient open(MqttOptions.Builder options) throws Exception {
        MqttClient client = MqttClient.open(options.build());
        opened.add(client);
        get(client.connected());
        return client;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    static MqttMessage next(BlockingQueue<MqttMessage> messages) throws InterruptedException {
        MqttMessage message = messages.poll(60, TimeUnit.SECONDS);
        assertNotNull(message, "no message came");
        return message;
    }

    @ParameterizedTest
    @EnumSource
    void carriesMessagesAtEveryQos(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version));
        for (Qos qos : Qos.values()) {
            String topic = "qos/" + version + "/" + qos;
            assertEquals(qos, get(client.subscribe(topic, qos, got::add)));
            get(client.publish(topic, "grüße " + qos, qos));
            MqttMessage message = next(got);
            assertEquals("grüße " + qos, message.text());
            assertEquals(topic, message.topic());
            assertEquals(qos, message.qos());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsOrderAndNumberOfManyMessages(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version));
        get(client.subscribe("many/" + version, Qos.EXACTLY_ONCE, got::add));
        for (int i = 0; i < 3000; i++) {
            var unused = client.publish("many/" + version, Integer.toString(i), Qos.EXACTLY_ONCE);
        }
        for (int i = 0; i < 3000; i++) {
            assertEquals(Integer.toString(i), next(got).text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesAPayloadLongerThanAnyBuffer(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version).maxPacketBytes(4 << 20));
        byte[] payload = new byte[longBytes()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 >> 3);
        }
        get(client.subscribe("long/" + version, Qos.AT_LEAST_ONCE, got::add));
        get(client.publish(MqttMessage.of("long/" + version, ByteBuffer.wrap(payload), Qos.AT_LEAST_ONCE)));
        assertEquals(ByteBuffer.wrap(payload), next(got).payload());
    }

    /** The answers to what comes meanwhile have to wait for its end. */
    @ParameterizedTest
    @EnumSource
    void carriesAFileInPieces(MqttVersion version, @TempDir Path directory) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version).maxPacketBytes(4 << 20));
        byte[] payload = new byte[longBytes()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 37 >> 4);
        }
        Path file = Files.write(directory.resolve("payload"), payload);
        String topic = "file/" + version;
        get(client.subscribe(topic, Qos.EXACTLY_ONCE, got::add));
        for (Qos qos : Qos.values()) {
            get(client.publish(MqttMessage.of(topic, "", qos), PayloadSource.ofFile(file)));
            var unused = client.publish(topic, "behind it", qos);
            assertEquals(ByteBuffer.wrap(payload), next(got).payload());
            assertEquals("behind it", next(got).text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsRetainedMessages(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version));
        String topic = "kept/" + version;
        get(client.publish(
                MqttMessage.of(topic, "still here", Qos.AT_LEAST_ONCE).retained()));
        get(client.subscribe(topic, Qos.AT_LEAST_ONCE, got::add));
        MqttMessage message = next(got);
        assertEquals("still here", message.text());
        assertTrue(message.retain());
        get(client.publish(MqttMessage.of(topic, "", Qos.AT_LEAST_ONCE).retained()));
        assertFalse(next(got).retain());
    }

    @ParameterizedTest
    @EnumSource
    void givesEachWildcardItsMessages(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> plus = new LinkedBlockingQueue<>();
        BlockingQueue<MqttMessage> hash = new LinkedBlockingQueue<>();
        MqttClient client = open(options(version));
        get(client.subscribe("w/" + version + "/+/c", Qos.AT_LEAST_ONCE, plus::add));
        get(client.subscribe("x/" + version + "/#", Qos.AT_LEAST_ONCE, hash::add));
        get(client.publish("w/" + version + "/b/c", "one level", Qos.AT_LEAST_ONCE));
        get(client.publish("x/" + version, "the parent", Qos.AT_LEAST_ONCE));
        get(client.publish("x/" + version + "/b/c/d", "many levels", Qos.AT_LEAST_ONCE));
        assertEquals("one level", next(plus).text());
        assertEquals("the parent", next(hash).text());
        assertEquals("many levels", next(hash).text());
    }

    @Test
    void sharesASubscription() throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient one = open(options(MqttVersion.V5));
        MqttClient two = open(options(MqttVersion.V5));
        get(one.subscribe("$share/group/jobs", Qos.AT_LEAST_ONCE, got::add));
        get(two.subscribe("$share/group/jobs", Qos.AT_LEAST_ONCE, got::add));
        for (int i = 0; i < 20; i++) {
            get(one.publish("jobs", Integer.toString(i), Qos.AT_LEAST_ONCE));
        }
        get(one.subscribe("end", Qos.AT_LEAST_ONCE, got::add));
        Set<String> jobs = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(next(got).text());
        }
        assertEquals(20, jobs.size());
        assertNull(got.poll());
    }

    /** By its number a message says which subscription it answers. */
    @Test
    void numbersASubscription() throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(MqttVersion.V5));
        get(client.subscribe("numbered/+", Qos.AT_LEAST_ONCE, got::add));
        MqttProperties number = MqttProperties.builder()
                .number(MqttProperty.SUBSCRIPTION_IDENTIFIER, 4711)
                .build();
        client.session()
                .execute(() ->
                        client.session().subscribe(List.of(Subscription.of("numbered/+", Qos.AT_LEAST_ONCE)), number));
        get(client.subscribe("behind it", Qos.AT_LEAST_ONCE, got::add)); // by its answer that one is in force
        get(client.publish("numbered/one", "x", Qos.AT_LEAST_ONCE));
        assertEquals(List.of(4711L), next(got).properties().subscriptionIdentifiers());
    }

    @Test
    void carriesProperties() throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(options(MqttVersion.V5));
        MqttProperties properties = MqttProperties.builder()
                .text(MqttProperty.CONTENT_TYPE, "text/plain")
                .text(MqttProperty.RESPONSE_TOPIC, "answers/here")
                .binary(MqttProperty.CORRELATION_DATA, ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .user("a", "1")
                .user("a", "2")
                .build();
        get(client.subscribe("props", Qos.AT_LEAST_ONCE, got::add));
        for (int i = 0; i < 3; i++) {
            get(client.publish(MqttMessage.of("props", "x", Qos.AT_LEAST_ONCE).with(properties)));
            MqttProperties came = next(got).properties();
            assertEquals("text/plain", came.text(MqttProperty.CONTENT_TYPE));
            assertEquals("answers/here", came.text(MqttProperty.RESPONSE_TOPIC));
            assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), came.binary(MqttProperty.CORRELATION_DATA));
            assertEquals(properties.userProperties(), came.userProperties());
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAWillWhenItDiesAndNoneWhenItCloses(MqttVersion version) throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient watcher = open(options(version));
        String topic = "will/" + version;
        get(watcher.subscribe(topic, Qos.AT_LEAST_ONCE, got::add));
        Will will = new Will(
                topic,
                ByteBuffer.wrap("gone".getBytes(StandardCharsets.UTF_8)),
                Qos.AT_LEAST_ONCE,
                false,
                MqttProperties.NONE);
        MqttClient polite = open(options(version).will(will));
        polite.close();
        // at most once: a birth that was not acknowledged would come again after the one that follows
        MqttClient dying = open(options(version).will(will).birth(MqttMessage.of(topic, "born", Qos.AT_MOST_ONCE)));
        assertEquals("born", next(got).text());
        dying.session().execute(() -> dying.session().dropConnection());
        // a broker of several threads may have let it in again before it is done with its death
        Set<String> both = new TreeSet<>(List.of(next(got).text(), next(got).text()));
        assertEquals(Set.of("born", "gone"), both);
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenAnotherTakesItsIdentifierOver(MqttVersion version) throws Exception {
        MqttClient first = open(options(version).clientId("the-one").retry(RetryPolicy.NEVER));
        MqttClient second = open(options(version).clientId("the-one"));
        while (first.session().isOpen()) {
            Thread.onSpinWait();
        }
        assertThrows(CancellationException.class, () -> get(first.publish("a", "b", Qos.AT_LEAST_ONCE)));
        assertTrue(second.session().isConnected());
    }
}
