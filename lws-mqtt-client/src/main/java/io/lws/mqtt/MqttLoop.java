package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.net.LoopNet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sessions of one loop: those that have no connection when the loop ends must hear of it too. */
final class MqttLoop {
    private final Set<ClientSession<?>> sessions = new HashSet<>();

    private MqttLoop(LoopNet net) {
        net.loop()
                .atEnd(() -> List.copyOf(sessions).forEach(each -> each.end(CloseInfo.local(0, "the loop has ended"))));
    }

    static MqttLoop of(LoopNet net) {
        return net.perLoop(MqttLoop.class, () -> new MqttLoop(net));
    }

    void add(ClientSession<?> session) {
        sessions.add(session);
    }

    void remove(ClientSession<?> session) {
        sessions.remove(session);
    }
}
