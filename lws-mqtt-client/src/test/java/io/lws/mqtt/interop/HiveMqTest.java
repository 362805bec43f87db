package io.lws.mqtt.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.mqtt.MqttClient;
import io.lws.mqtt.MqttException;
import io.lws.mqtt.MqttOptions;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttVersion;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.tls.TlsClientConfig;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The community edition of HiveMQ, which has bounds of its own to be kept to. */
class HiveMqTest extends BrokerContract {
    private static HiveMq broker;

    @BeforeAll
    static void startBroker() {
        broker = HiveMq.start();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    MqttOptions.Builder broker() {
        return MqttOptions.builder("127.0.0.1").port(broker.port());
    }

    /** All of it again over TLS. */
    @Nested
    class OverTls extends BrokerContract {
        @Override
        MqttOptions.Builder broker() {
            return MqttOptions.builder("localhost")
                    .port(broker.tlsPort())
                    .tls(TlsClientConfig.builder().ca(HiveMq.CERTIFICATE.leaf()).build());
        }
    }

    /** All of it again over a WebSocket. */
    @Nested
    class OverAWebSocket extends BrokerContract {
        @Override
        MqttOptions.Builder broker() {
            return MqttOptions.builder("localhost").port(broker.wsPort()).webSocket("/mqtt");
        }
    }

    /** It says in CONNACK that it takes no more than ten messages under way, and five topic aliases. */
    @Test
    void keepsToTheBoundsOfTheBroker() throws Exception {
        BlockingQueue<MqttMessage> got = new LinkedBlockingQueue<>();
        MqttClient client = open(broker().version(MqttVersion.V5).topicAliasMaximum(100));
        get(client.subscribe("bounds/#", Qos.EXACTLY_ONCE, got::add));
        for (int i = 0; i < 300; i++) {
            var unused = client.publish("bounds/" + i % 30, Integer.toString(i), Qos.EXACTLY_ONCE);
        }
        for (int i = 0; i < 300; i++) {
            MqttMessage message = next(got);
            assertEquals("bounds/" + Integer.parseInt(message.text()) % 30, message.topic());
        }
    }

    @Test
    void isToldThatAPacketIsTooLarge() throws Exception {
        MqttClient client = open(broker().version(MqttVersion.V5));
        MqttMessage long64k = MqttMessage.of("x", ByteBuffer.allocate(HiveMq.MAX_PACKET_BYTES), Qos.AT_LEAST_ONCE);
        MqttException refused =
                (MqttException) assertThrows(ExecutionException.class, () -> get(client.publish(long64k)))
                        .getCause();
        assertEquals(ReasonCode.PACKET_TOO_LARGE, refused.reasonCode());
        get(client.publish("x", "still here", Qos.AT_LEAST_ONCE));
    }
}
