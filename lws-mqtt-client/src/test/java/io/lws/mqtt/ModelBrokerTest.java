package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both directions of QoS 1 and 2 against a broker that keeps its promises and a network that keeps none: connections
 * break at any point, answers come late, and what was sent may never have arrived. Whatever the order, each message
 * arrives as often as its QoS says, and is told of once.
 */
class ModelBrokerTest {
    private static final int STEPS = 600;

    private final MqttRig rig = new MqttRig();
    private final Broker broker = new Broker();
    private final List<String> published = new ArrayList<>();

    /** A broker's session; what stands in it outlives connections. */
    private final class Broker {
        final Map<String, Integer> arrived = new HashMap<>();
        final Set<Integer> held = new TreeSet<>();
        final ArrayDeque<byte[]> answers = new ArrayDeque<>();
        /** QoS 2 messages to the client, by identifier; the value is empty once PUBREC is there. */
        final Map<Integer, String> toClient = new LinkedHashMap<>();

        byte[] unread = {};
        int nextId = 1;
        int sent;

        void read(byte[] more) {
            ByteBuffer in = ByteBuffer.allocate(unread.length + more.length)
                    .put(unread)
                    .put(more)
                    .flip();
            int packet = packetBytes(in);
            while (packet > 0) {
                take(in.slice(in.position(), packet));
                in.position(in.position() + packet);
                packet = packetBytes(in);
            }
            unread = new byte[in.remaining()];
            in.get(unread);
        }

        /** 0 for a packet that is not all there. All here are shorter than 128 bytes. */
        private int packetBytes(ByteBuffer in) {
            int bytes = in.remaining() < 2 ? Integer.MAX_VALUE : 2 + in.get(in.position() + 1);
            return bytes <= in.remaining() ? bytes : 0;
        }

        private void take(ByteBuffer packet) {
            int first = packet.get() & 0xff;
            packet.get();
            switch (first >> 4) {
                case 3 -> publish(first >> 1 & 3, packet);
                case 5 -> {
                    int id = packet.getShort();
                    if (toClient.containsKey(id)) {
                        toClient.put(id, "");
                    }
                    answer(0x62, id);
                }
                case 6 -> {
                    int id = packet.getShort();
                    held.remove(id);
                    answer(0x70, id);
                }
                case 7 -> toClient.remove((int) packet.getShort());
                default -> {}
            }
        }

        private void publish(int qos, ByteBuffer packet) {
            packet.position(packet.position() + 3); // the topic is "t"
            int id = qos == 0 ? 0 : packet.getShort();
            packet.get(); // no properties
            String payload = StandardCharsets.UTF_8.decode(packet).toString();
            if (qos != 2 || held.add(id)) {
                arrived.merge(payload, 1, Integer::sum);
            }
            if (qos > 0) {
                answer(qos == 1 ? 0x40 : 0x50, id);
            }
        }

        private void answer(int first, int id) {
            answers.add(new byte[] {(byte) first, 2, (byte) (id >> 8), (byte) id});
        }

        void publishToClient() {
            toClient.put(nextId, "m" + sent++);
            send(nextId, toClient.get(nextId), false);
            nextId = nextId % 20 + 1;
        }

        void send(int id, String payload, boolean again) {
            byte[] text = payload.getBytes(StandardCharsets.UTF_8);
            rig.wire()
                    .peer()
                    .send(ByteBuffer.allocate(8 + text.length)
                            .put((byte) (again ? 0x3c : 0x34))
                            .put((byte) (6 + text.length))
                            .putShort((short) 1)
                            .put((byte) 'u')
                            .putShort((short) id)
                            .put((byte) 0)
                            .put(text)
                            .array());
        }

        /** What a broker sends first over the next connection of a session it has kept. */
        void goOn() {
            answers.clear();
            unread = new byte[0];
            for (Map.Entry<Integer, String> each : List.copyOf(toClient.entrySet())) {
                if (each.getValue().isEmpty()) {
                    answer(0x62, each.getKey());
                } else {
                    send(each.getKey(), each.getValue(), true);
                }
            }
        }
    }

    private void exchange() {
        rig.loop.settle();
        broker.read(rig.wire().peer().received());
    }

    private void answerOne() {
        byte[] answer = broker.answers.poll();
        if (answer != null) {
            rig.wire().peer().send(answer);
        }
    }

    /** What is on its way in either direction is lost with the connection, or not. */
    private void breakConnection(SplittableRandom random) {
        if (random.nextBoolean()) {
            exchange();
        }
        rig.cut();
        rig.loop.advance(MqttRig.RETRY);
        rig.sent();
        rig.broker(MqttRig.TAKEN_AGAIN);
        broker.goOn();
    }

    private void publish(Qos qos) {
        String payload = qos.number() + "-" + published.size();
        published.add(payload);
        rig.session().publish(MqttMessage.of("t", payload, qos));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsThePromisesOfEachQosWhateverBreaks(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        rig.established(MqttRig.options()
                .keepSession(Duration.ofHours(1))
                .receiveMaximum(20)
                .inFlightMaximum(7));
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> publish(Qos.AT_LEAST_ONCE);
                case 2, 3, 4 -> publish(Qos.EXACTLY_ONCE);
                case 5 -> {
                    if (broker.toClient.size() < 20 && !broker.toClient.containsKey(broker.nextId)) {
                        broker.publishToClient();
                    }
                }
                case 6 -> breakConnection(random);
                case 7 -> exchange();
                default -> answerOne();
            }
        }
        for (int i = 0; i < 2_000 && !isDone(); i++) {
            exchange();
            answerOne();
        }
        assertTrue(isDone(), "something is left under way");
        assertDelivered();
    }

    private boolean isDone() {
        return rig.session().outgoing().size() == 0 && broker.toClient.isEmpty() && broker.answers.isEmpty();
    }

    private void assertDelivered() {
        for (String each : published) {
            int times = broker.arrived.getOrDefault(each, 0);
            assertTrue(each.startsWith("2") ? times == 1 : times >= 1, each + " has arrived " + times + " times");
        }
        List<String> acknowledged = rig.events.lines.stream()
                .filter(line -> line.startsWith("ack "))
                .sorted()
                .toList();
        assertEquals(
                published.stream().map(each -> "ack " + each + " 0").sorted().toList(), acknowledged);
        List<String> got =
                rig.events.lines.stream().filter(line -> line.startsWith("u=")).toList();
        assertEquals(broker.sent, got.size());
        assertEquals(broker.sent, Set.copyOf(got).size());
    }
}
