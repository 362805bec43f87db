package io.lws.mqtt;

import io.lws.mqtt.codec.Violations;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Subscriptions: what is asked for, what is being asked, and what must be asked again. */
final class Requests {
    private final PacketIds ids;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Map<Integer, Request> sent = new LinkedHashMap<>();
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    private record Wanted(Subscription subscription, MqttProperties properties) {}

    Requests(PacketIds ids) {
        this.ids = ids;
    }

    void add(Request request) {
        waiting.addLast(request);
        request.subscriptions().forEach(each -> wanted.put(each.filter(), new Wanted(each, request.properties())));
        request.filters().forEach(wanted::remove);
    }

    int size() {
        return waiting.size() + sent.size();
    }

    /** What has no answer is sent again, in its order; all subscriptions are, when the broker has forgotten them. */
    void connected(boolean sessionPresent) {
        List<Request> again = new ArrayList<>(sent.values());
        again.addAll(waiting);
        sent.keySet().forEach(ids::release);
        sent.clear();
        waiting.clear();
        if (!sessionPresent) {
            Map<String, Wanted> forgotten = new LinkedHashMap<>(wanted);
            again.forEach(each -> each.subscriptions().forEach(one -> forgotten.remove(one.filter())));
            askAgain(forgotten.values());
        }
        waiting.addAll(again);
    }

    /** In one request for all that go with the same properties. */
    private void askAgain(Collection<Wanted> forgotten) {
        Map<MqttProperties, List<Subscription>> requests = new LinkedHashMap<>();
        forgotten.forEach(each -> requests.computeIfAbsent(each.properties, key -> new ArrayList<>())
                .add(each.subscription));
        requests.forEach((properties, all) -> waiting.add(Request.subscribe(all, properties, codes -> {})));
    }

    /** Calls {@code send} for each that waits and that the broker may be asked, while there are packet identifiers. */
    void sendAll(BrokerLimits limits, BiConsumer<Integer, Request> send) {
        while (!waiting.isEmpty()) {
            int id = ids.take();
            if (id < 0) {
                return;
            }
            Request request = waiting.removeFirst().within(limits);
            if (request == null) {
                ids.release(id);
            } else {
                sent.put(id, request);
                send.accept(id, request);
            }
        }
    }

    /** The request that an answer is for; {@code codes} must be as many as it asked for, or none. */
    Request answered(Request.Kind kind, int packetId, int codes) {
        Request request = sent.get(packetId);
        if (request == null || request.kind() != kind) {
            throw Violations.protocolError("an answer to no " + kind + ": packet " + packetId);
        }
        int asked = kind == Request.Kind.SUBSCRIBE
                ? request.subscriptions().size()
                : request.filters().size();
        if (codes != asked && !(codes == 0 && kind == Request.Kind.UNSUBSCRIBE)) {
            throw Violations.protocolError(codes + " codes for " + asked + " filters");
        }
        sent.remove(packetId);
        ids.release(packetId);
        return request;
    }
}
