package io.lws.mqtt;

import io.lws.ProtocolException;
import io.lws.mqtt.codec.Violations;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.ReasonCode;
import java.util.HashMap;
import java.util.Map;

/** The topic aliases of one connection, both ways (3.3.2.3.4). */
final class TopicAliases {
    private final int inMaximum;
    private final Map<Integer, String> in = new HashMap<>();
    private final Map<String, Integer> out = new HashMap<>();
    private int outMaximum;

    TopicAliases(int inMaximum) {
        this.inMaximum = inMaximum;
    }

    /** The broker has said how many it takes. */
    void outMaximum(int maximum) {
        outMaximum = maximum;
    }

    /** The topic of what came; remembers what an alias stands for. */
    String resolve(PublishHead head) {
        long alias = head.properties().number(MqttProperty.TOPIC_ALIAS, -1);
        if (alias < 0) {
            return head.topic();
        }
        if (alias == 0 || alias > inMaximum) {
            throw new ProtocolException(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias " + alias);
        }
        if (!head.topic().isEmpty()) {
            in.put((int) alias, head.topic());
            return head.topic();
        }
        String topic = in.get((int) alias);
        if (topic == null) {
            throw Violations.protocolError("topic alias " + alias + " stands for nothing");
        }
        return topic;
    }

    /** {@code head} as it goes out: the first topics get an alias, and are only called by it from the second time on. */
    PublishHead abbreviate(PublishHead head) {
        Integer known = out.get(head.topic());
        if (known == null && out.size() >= outMaximum) {
            return head;
        }
        int alias = known == null ? out.size() + 1 : known;
        out.put(head.topic(), alias);
        MqttProperties with = MqttProperties.builder()
                .addAll(head.properties())
                .number(MqttProperty.TOPIC_ALIAS, alias)
                .build();
        return new PublishHead(
                head.dup(),
                head.qos(),
                head.retain(),
                known == null ? head.topic() : "",
                head.packetId(),
                with,
                head.payloadBytes());
    }
}
