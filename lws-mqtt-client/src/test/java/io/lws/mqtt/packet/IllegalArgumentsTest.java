package io.lws.mqtt.packet;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttProperties.Entry;
import io.lws.mqtt.packet.MqttProperties.Pair;
import io.lws.mqtt.packet.Subscription.LocalMessages;
import io.lws.mqtt.packet.Subscription.RetainAs;
import io.lws.mqtt.packet.Subscription.RetainHandling;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What no packet of a client may hold is refused where it is said, before a byte of it could reach a broker. */
class IllegalArgumentsTest {
    private static final MqttProperties NONE = MqttProperties.NONE;
    private static final String LONG = "x".repeat(65_536);
    private static final ByteBuffer LONG_BYTES = ByteBuffer.allocate(65_536);

    private final List<DynamicTest> rows = new ArrayList<>();

    private void row(String what, Executable says) {
        rows.add(DynamicTest.dynamicTest(what, () -> assertThrows(IllegalArgumentException.class, says)));
    }

    private static MqttProperties of(MqttProperty property, Object value) {
        return new MqttProperties(List.of(new Entry(property, value)));
    }

    private static MqttProperties twice(MqttProperty property, Object value) {
        return new MqttProperties(List.of(new Entry(property, value), new Entry(property, value)));
    }

    private static PublishHead publish(boolean dup, Qos qos, int id) {
        return new PublishHead(dup, qos, false, "t", id, NONE, 0);
    }

    private static Connect connect(
            String id, @Nullable String user, @Nullable ByteBuffer password, int keepAlive, MqttProperties with) {
        return new Connect(MqttVersion.V5, id, true, keepAlive, null, user, password, with);
    }

    private static Will will(String topic, ByteBuffer payload, MqttProperties with) {
        return new Will(topic, payload, Qos.AT_MOST_ONCE, false, with);
    }

    private static MqttMessage message(MqttProperties with) {
        return MqttMessage.of("t", "", Qos.AT_MOST_ONCE).with(with);
    }

    private static MqttOptions.Builder options() {
        return MqttOptions.builder("h");
    }

    @TestFactory
    List<DynamicTest> refusesValuesThatNoPropertyHas() {
        row("flag of 2", () -> of(MqttProperty.PAYLOAD_FORMAT_INDICATOR, 2L));
        row("receive maximum 0", () -> of(MqttProperty.RECEIVE_MAXIMUM, 0L));
        row("packet size 0", () -> of(MqttProperty.MAXIMUM_PACKET_SIZE, 0L));
        row("two bytes and more", () -> of(MqttProperty.TOPIC_ALIAS_MAXIMUM, 65_536L));
        row("four bytes and more", () -> of(MqttProperty.WILL_DELAY_INTERVAL, 0x1_0000_0000L));
        row("negative", () -> of(MqttProperty.MESSAGE_EXPIRY_INTERVAL, -1L));
        row("subscription 0", () -> of(MqttProperty.SUBSCRIPTION_IDENTIFIER, 0L));
        row("subscription beyond", () -> of(MqttProperty.SUBSCRIPTION_IDENTIFIER, 268_435_456L));
        row("text for a number", () -> of(MqttProperty.TOPIC_ALIAS, "1"));
        row("int for a number", () -> of(MqttProperty.TOPIC_ALIAS, 1));
        row("number for a text", () -> of(MqttProperty.CONTENT_TYPE, 1L));
        row("text for bytes", () -> of(MqttProperty.CORRELATION_DATA, "x"));
        row("text for a pair", () -> of(MqttProperty.USER_PROPERTY, "x"));
        row("long text", () -> of(MqttProperty.CONTENT_TYPE, LONG));
        row("long bytes", () -> of(MqttProperty.CORRELATION_DATA, LONG_BYTES));
        row("long bytes built", () -> MqttProperties.builder().binary(MqttProperty.CORRELATION_DATA, LONG_BYTES));
        row("NUL", () -> of(MqttProperty.REASON_STRING, "\0"));
        row("half a pair of surrogates", () -> of(MqttProperty.REASON_STRING, "\ud800"));
        row("wildcard to answer to", () -> of(MqttProperty.RESPONSE_TOPIC, "a/+"));
        row("NUL in a name", () -> new Pair("\0", ""));
        row("long value", () -> new Pair("", LONG));
        return rows;
    }

    @TestFactory
    List<DynamicTest> refusesPropertiesWhereTheyCannotStand() {
        row("CONNECT: alias", () -> connect("c", null, null, 0, of(MqttProperty.TOPIC_ALIAS, 1L)));
        row("CONNECT: twice", () -> connect("c", null, null, 0, twice(MqttProperty.RECEIVE_MAXIMUM, 1L)));
        row("PUBLISH: session expiry", () -> message(of(MqttProperty.SESSION_EXPIRY_INTERVAL, 1L)));
        row("PUBLISH: reason", () -> message(of(MqttProperty.REASON_STRING, "r")));
        row("PUBLISH: alias", () -> message(of(MqttProperty.TOPIC_ALIAS, 1L)));
        row("PUBLISH: content type twice", () -> message(twice(MqttProperty.CONTENT_TYPE, "x")));
        row(
                "will: subscription",
                () -> will("t", ByteBuffer.allocate(0), of(MqttProperty.SUBSCRIPTION_IDENTIFIER, 1L)));
        row("will: delay twice", () -> will("t", ByteBuffer.allocate(0), twice(MqttProperty.WILL_DELAY_INTERVAL, 1L)));
        row("SUBSCRIBE: reason", () -> Subscribe.requireProperties(of(MqttProperty.REASON_STRING, "r")));
        row("SUBSCRIBE: two", () -> Subscribe.requireProperties(twice(MqttProperty.SUBSCRIPTION_IDENTIFIER, 1L)));
        row("UNSUBSCRIBE: one", () -> new Unsubscribe(1, List.of("f"), of(MqttProperty.SUBSCRIPTION_IDENTIFIER, 1L)));
        row("PUBACK: alias", () -> new Ack(PacketType.PUBACK, 1, 0, of(MqttProperty.TOPIC_ALIAS, 1L)));
        row("PUBREL: reason twice", () -> new Ack(PacketType.PUBREL, 1, 0, twice(MqttProperty.REASON_STRING, "r")));
        row("DISCONNECT: alias", () -> new Disconnect(0, of(MqttProperty.TOPIC_ALIAS, 1L)));
        row("AUTH: expiry", () -> new Auth(0x18, of(MqttProperty.SESSION_EXPIRY_INTERVAL, 1L)));
        return rows;
    }

    @TestFactory
    List<DynamicTest> refusesFieldsThatNoPacketHas() {
        row("PUBLISH: QoS 0 with an identifier", () -> publish(false, Qos.AT_MOST_ONCE, 1));
        row("PUBLISH: QoS 0 sent before", () -> publish(true, Qos.AT_MOST_ONCE, 0));
        row("PUBLISH: QoS 1 without one", () -> publish(false, Qos.AT_LEAST_ONCE, 0));
        row("PUBLISH: QoS 2 beyond", () -> publish(false, Qos.EXACTLY_ONCE, 65_536));
        row("PUBLISH: wildcard", () -> MqttMessage.of("a/#", "", Qos.AT_MOST_ONCE));
        row("PUBLISH: no topic", () -> MqttMessage.of("", "", Qos.AT_MOST_ONCE));
        row("PUBLISH: long topic", () -> MqttMessage.of(LONG, "", Qos.AT_MOST_ONCE));
        row("PUBACK: identifier 0", () -> Ack.of(PacketType.PUBACK, 0));
        row("PUBREC: identifier beyond", () -> Ack.of(PacketType.PUBREC, 65_536));
        row("PUBCOMP: no code", () -> new Ack(PacketType.PUBCOMP, 1, 256, NONE));
        row("no acknowledgement", () -> Ack.of(PacketType.PUBLISH, 1));
        row("SUBSCRIBE: identifier 0", () -> new Subscribe(0, List.of(Subscription.of("f", Qos.AT_MOST_ONCE)), NONE));
        row("SUBSCRIBE: nothing", () -> new Subscribe(1, List.of(), NONE));
        row("UNSUBSCRIBE: identifier 0", () -> new Unsubscribe(0, List.of("f"), NONE));
        row("UNSUBSCRIBE: nothing", () -> new Unsubscribe(1, List.of(), NONE));
        row("UNSUBSCRIBE: no filter", () -> new Unsubscribe(1, List.of("a#"), NONE));
        row(
                "shared, without its own",
                () -> new Subscription(
                        "$share/g/f",
                        Qos.AT_MOST_ONCE,
                        LocalMessages.EXCLUDED,
                        RetainAs.PUBLISHED,
                        RetainHandling.NEVER));
        row("DISCONNECT: no code", () -> new Disconnect(-1, NONE));
        row("AUTH: an error", () -> new Auth(0x87, NONE));
        row("CONNECT: long identifier", () -> connect(LONG, null, null, 0, NONE));
        row("CONNECT: NUL in the user", () -> connect("c", "\0", null, 0, NONE));
        row("CONNECT: long password", () -> connect("c", "u", LONG_BYTES, 0, NONE));
        row("CONNECT: long keep alive", () -> connect("c", null, null, 65_536, NONE));
        row("will: long payload", () -> will("t", LONG_BYTES, NONE));
        row("will: wildcard", () -> will("+", ByteBuffer.allocate(0), NONE));
        return rows;
    }

    @TestFactory
    List<DynamicTest> refusesOptionsThatCannotBe() {
        row("port", () -> options().port(65_536));
        row("negative port", () -> options().port(-1));
        row("identifier", () -> options().clientId(LONG));
        row("user", () -> options().user("\0", "secret"));
        row("password", () -> options().user("u", LONG));
        row("kept for less than nothing", () -> options().keepSession(Duration.ofSeconds(-1)));
        row("no time to connect", () -> options().connectTimeout(Duration.ZERO));
        row("no bytes to wait", () -> options().maxQueued(1, 0));
        row("an option's property", () -> options().connectProperties(of(MqttProperty.RECEIVE_MAXIMUM, 1L)));
        row("another packet's", () -> options().connectProperties(of(MqttProperty.CONTENT_TYPE, "x")));
        row("twice", () -> options().connectProperties(twice(MqttProperty.REQUEST_PROBLEM_INFORMATION, 1L)));
        return rows;
    }
}
