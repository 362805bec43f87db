package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicAliasesTest {
    private final TopicAliases aliases = new TopicAliases(2);

    private static PublishHead head(String topic, int alias) {
        MqttProperties with = alias < 0
                ? MqttProperties.NONE
                : MqttProperties.builder()
                        .number(MqttProperty.TOPIC_ALIAS, alias)
                        .build();
        return new PublishHead(false, Qos.AT_MOST_ONCE, false, topic, 0, with, 0);
    }

    private String out(String topic) {
        PublishHead sent = aliases.abbreviate(head(topic, -1));
        return sent.topic() + "/" + sent.properties().number(MqttProperty.TOPIC_ALIAS, -1);
    }

    @Test
    void remembersWhatAnAliasStandsFor() {
        assertEquals("a", aliases.resolve(head("a", 1)));
        assertEquals("a", aliases.resolve(head("", 1)));
        assertEquals("b", aliases.resolve(head("b", 1)));
        assertEquals("b", aliases.resolve(head("", 1)));
        assertEquals("c", aliases.resolve(head("c", -1)));
    }

    @ParameterizedTest
    @CsvSource({"a, 0, 0x94", "a, 3, 0x94", "'', 3, 0x94", "'', 2, 0x82"})
    void refusesAliasesThatCannotBe(String topic, int alias, String code) {
        ProtocolException no = assertThrows(ProtocolException.class, () -> aliases.resolve(head(topic, alias)));
        assertEquals(Integer.decode(code), no.code());
    }

    @Test
    void abbreviatesTheFirstTopicsFromTheirSecondTimeOn() {
        aliases.outMaximum(1);
        assertEquals("a/1", out("a"));
        assertEquals("/1", out("a"));
        assertEquals("b/-1", out("b"));
        assertEquals("/1", out("a"));
    }

    @Test
    void abbreviatesNothingUnasked() {
        assertEquals("a/-1", out("a"));
        assertEquals("a/-1", out("a"));
    }
}
