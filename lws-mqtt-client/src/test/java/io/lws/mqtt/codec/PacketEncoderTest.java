package io.lws.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.Connect;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.Subscribe;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.packet.Subscription.LocalMessages;
import io.lws.mqtt.packet.Subscription.RetainAs;
import io.lws.mqtt.packet.Subscription.RetainHandling;
import io.lws.mqtt.packet.Unsubscribe;
import io.lws.mqtt.packet.Will;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each packet of a client looks like, written out by hand from the standard. */
class PacketEncoderTest {
    private final PacketEncoder three = new PacketEncoder(MqttVersion.V3_1_1);
    private final PacketEncoder five = new PacketEncoder(MqttVersion.V5);

    private static void assertHex(String expected, ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(bytes));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Connect connect(MqttVersion version, Will will, String user, ByteBuffer password) {
        return new Connect(version, "id", true, 60, will, user, password, MqttProperties.NONE);
    }

    @Test
    void writesConnectOfVersion3() {
        assertHex(
                "10 0e 0004 4d515454 04 02 003c 0002 6964",
                three.encode(connect(MqttVersion.V3_1_1, null, null, null)));
        Will will = new Will("w", bytes("x"), Qos.EXACTLY_ONCE, true, MqttProperties.NONE);
        assertHex(
                "10 1a 0004 4d515454 04 f6 003c 0002 6964 0001 77 0001 78 0001 75 0001 70",
                three.encode(connect(MqttVersion.V3_1_1, will, "u", bytes("p"))));
        assertHex(
                "10 11 0004 4d515454 04 82 003c 0002 6964 0001 75",
                three.encode(connect(MqttVersion.V3_1_1, null, "u", null)));
    }

    @Test
    void writesConnectOfVersion5() {
        MqttProperties delay = MqttProperties.builder()
                .number(MqttProperty.WILL_DELAY_INTERVAL, 5)
                .build();
        Will will = new Will("w", bytes(""), Qos.AT_LEAST_ONCE, false, delay);
        MqttProperties with = MqttProperties.builder()
                .number(MqttProperty.SESSION_EXPIRY_INTERVAL, 0xffff_ffffL)
                .number(MqttProperty.RECEIVE_MAXIMUM, 10)
                .build();
        assertHex(
                "10 23 0004 4d515454 05 4c 0000 08 11 ffffffff 21 000a 0000 05 18 00000005 0001 77 0000 0001 70",
                five.encode(new Connect(MqttVersion.V5, "", false, 0, will, null, bytes("p"), with)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | AT_MOST_ONCE  | false | 0     | 30 06 0001 61 787878       | 30 07 0001 61 00 787878
            false | AT_MOST_ONCE  | true  | 0     | 31 06 0001 61 787878       | 31 07 0001 61 00 787878
            true  | AT_LEAST_ONCE | false | 1     | 3a 08 0001 61 0001 787878  | 3a 09 0001 61 0001 00 787878
            false | EXACTLY_ONCE  | true  | 65535 | 35 08 0001 61 ffff 787878  | 35 09 0001 61 ffff 00 787878
            """)
    void writesPublish(boolean dup, Qos qos, boolean retain, int id, String old, String current) {
        PublishHead head = new PublishHead(dup, qos, retain, "a", id, MqttProperties.NONE, 3);
        assertHex(old.replace("787878", ""), three.encode(head));
        assertHex(current.replace("787878", ""), five.encode(head));
    }

    @Test
    void writesEveryKindOfProperty() {
        MqttProperties all = MqttProperties.builder()
                .number(MqttProperty.PAYLOAD_FORMAT_INDICATOR, 1)
                .number(MqttProperty.MESSAGE_EXPIRY_INTERVAL, 0x89abcdefL)
                .number(MqttProperty.TOPIC_ALIAS, 0xfffe)
                .text(MqttProperty.CONTENT_TYPE, "ü")
                .binary(MqttProperty.CORRELATION_DATA, bytes("cd"))
                .user("k", "v")
                .build();
        assertHex(
                "30 1f 0000 1b 01 01 02 89abcdef 23 fffe 03 0002 c3bc 09 0002 6364 26 0001 6b 0001 76",
                five.encode(new PublishHead(false, Qos.AT_MOST_ONCE, false, "", 0, all, 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUBACK  | 0    | 40 02 0007 | 40 02 0007
            PUBREC  | 0    | 50 02 0007 | 50 02 0007
            PUBREL  | 0    | 62 02 0007 | 62 02 0007
            PUBCOMP | 0    | 70 02 0007 | 70 02 0007
            PUBREL  | 0x92 | 62 02 0007 | 62 03 0007 92
            PUBCOMP | 0x92 | 70 02 0007 | 70 03 0007 92
            """)
    void writesAcknowledgements(PacketType type, String code, String old, String current) {
        Ack ack = new Ack(type, 7, Integer.decode(code), MqttProperties.NONE);
        assertHex(old, three.encode(ack));
        assertHex(current, five.encode(ack));
    }

    @Test
    void writesAcknowledgementsWithProperties() {
        MqttProperties why =
                MqttProperties.builder().text(MqttProperty.REASON_STRING, "r").build();
        assertHex("40 08 0007 00 04 1f 0001 72", five.encode(new Ack(PacketType.PUBACK, 7, 0, why)));
    }

    @Test
    void writesSubscribe() {
        List<Subscription> all = List.of(
                Subscription.of("a/+", Qos.AT_LEAST_ONCE),
                new Subscription(
                        "b", Qos.EXACTLY_ONCE, LocalMessages.EXCLUDED, RetainAs.PUBLISHED, RetainHandling.NEVER));
        Subscribe subscribe = new Subscribe(9, all, MqttProperties.NONE);
        assertHex("82 0c 0009 0003 612f2b 01 0001 62 02", three.encode(subscribe));
        assertHex("82 0d 0009 00 0003 612f2b 01 0001 62 2e", five.encode(subscribe));
    }

    @Test
    void writesUnsubscribe() {
        Unsubscribe unsubscribe = new Unsubscribe(9, List.of("a", "b/#"), MqttProperties.NONE);
        assertHex("a2 0a 0009 0001 61 0003 622f23", three.encode(unsubscribe));
        assertHex("a2 0b 0009 00 0001 61 0003 622f23", five.encode(unsubscribe));
    }

    @Test
    void writesTheShortOnes() {
        assertHex("c0 00", three.pingReq());
        assertHex("e0 00", three.encode(new Disconnect(0x82, MqttProperties.NONE)));
        assertHex("e0 00", five.encode(new Disconnect(0, MqttProperties.NONE)));
        assertHex("e0 01 04", five.encode(new Disconnect(4, MqttProperties.NONE)));
        MqttProperties method = MqttProperties.builder()
                .text(MqttProperty.AUTHENTICATION_METHOD, "m")
                .build();
        assertHex("f0 06 18 04 15 0001 6d", five.encode(new Auth(0x18, method)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30 04",
        "122, 30 7e",
        "123, 30 7f",
        "124, 30 8001",
        "16379, 30 ff7f",
        "16380, 30 808001",
        "2097147, 30 ffff7f",
        "2097148, 30 80808001",
        "268435451, 30 ffffff7f"
    })
    void writesRemainingLengthsInTheFewestBytes(int payloadBytes, String start) {
        PublishHead head = new PublishHead(false, Qos.AT_MOST_ONCE, false, "aa", 0, MqttProperties.NONE, payloadBytes);
        assertHex(start + " 0002 6161", three.encode(head));
    }

    /** Longer than the encoder's first buffer, then short again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 300, 16383, 16384, 60_000})
    void readsBackItsOwnPropertiesOfAnyLength(int length) {
        MqttProperties with = MqttProperties.builder()
                .text(MqttProperty.CONTENT_TYPE, "x".repeat(length))
                .user("ü".repeat(length / 4), "")
                .build();
        for (MqttMessage each : List.of(
                MqttMessage.of("long", "payload", Qos.EXACTLY_ONCE).with(with),
                MqttMessage.of("t", "", Qos.AT_MOST_ONCE).retained())) {
            ByteBuffer head = five.encode(new PublishHead(
                    false,
                    each.qos(),
                    each.retain(),
                    each.topic(),
                    each.qos() == Qos.AT_MOST_ONCE ? 0 : 3,
                    each.properties(),
                    each.payloadBytes()));
            ByteBuffer whole = ByteBuffer.allocate(head.remaining() + each.payloadBytes())
                    .put(head)
                    .put(each.payload())
                    .flip();
            assertEquals(each, PublishPacketReader.read(whole.duplicate()));
            List<String> events = new ArrayList<>();
            new RecordedPackets(MqttVersion.V5, 1 << 20).feed(whole, events);
            assertEquals("payload " + (each.payloadBytes() > 0 ? each.text() + " " : "") + "end", events.get(1));
        }
    }
}
