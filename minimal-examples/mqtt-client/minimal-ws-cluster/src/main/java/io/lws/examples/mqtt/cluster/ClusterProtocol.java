package io.lws.examples.mqtt.cluster;

import io.lws.CloseInfo;
import io.lws.Verdict;
import io.lws.http.HttpRequest;
import io.lws.mqtt.MqttClient;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.Qos;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chat rooms, one for each path. What is said goes to the broker and comes back from there to every server with somebody
 * in the room, so all see the same in the same order. A server asks the broker only for rooms it has people in.
 */
final class ClusterProtocol implements WsProtocol<ClusterProtocol.Pss> {
    private static final String TOPICS = "lws-cluster/";

    static final class Pss {
        String room = "";
    }

    private final Map<String, Set<WsSession<Pss>>> rooms = new ConcurrentHashMap<>();
    private volatile @Nullable MqttClient broker;

    void join(MqttClient client) {
        broker = client;
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, Pss pss) {
        pss.room = request.path().substring(1);
        if (broker == null) {
            return Verdict.reject(503);
        }
        return pss.room.matches("[a-z0-9-]{1,32}") ? Verdict.ACCEPT : Verdict.reject(404);
    }

    @Override
    public void onEstablished(WsSession<Pss> ws) {
        rooms.compute(ws.pss().room, (room, people) -> {
            Set<WsSession<Pss>> all = people == null ? open(room) : people;
            all.add(ws);
            return all;
        });
    }

    private Set<WsSession<Pss>> open(String room) {
        var unused = broker().subscribe(TOPICS + room, Qos.AT_LEAST_ONCE, message -> say(room, message.text()));
        return ConcurrentHashMap.newKeySet();
    }

    private void say(String room, String text) {
        WsMessage message = WsMessage.text(text);
        for (WsSession<Pss> each : rooms.getOrDefault(room, Set.of())) {
            if (!each.post(message)) {
                each.execute(each::abort);
            }
        }
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        var unused = broker().publish(MqttMessage.of(TOPICS + ws.pss().room, rx.text(), Qos.AT_LEAST_ONCE));
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        rooms.computeIfPresent(ws.pss().room, (room, people) -> {
            people.remove(ws);
            if (!people.isEmpty()) {
                return people;
            }
            var unused = broker().unsubscribe(TOPICS + room);
            return null;
        });
    }

    private MqttClient broker() {
        MqttClient client = broker;
        if (client == null) {
            throw new IllegalStateException("nobody is let in before there is a broker");
        }
        return client;
    }
}
