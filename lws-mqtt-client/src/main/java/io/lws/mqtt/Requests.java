package io.lws.mqtt;

import io.lws.mqtt.codec.Violations;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Subscriptions: what is asked for, what is being asked, and what must be asked again. */
final class Requests {
    /** What subscriptions are asked for again with; a broker may have bounds that it does not tell. */
    private static final long MAX_AGAIN_BYTES = 16 << 10;

    /** A char's most. */
    private static final long MAX_UTF8_BYTES = 3;
    /** Length and options of a filter, and its share of what stands before all of them. */
    private static final long FILTER_BYTES = 16;

    private final PacketIds ids;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Map<Integer, Request> sent = new LinkedHashMap<>();
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    /** Filters that a broker has ever granted; one it has only refused is not asked for unasked. */
    private final Set<String> granted = new HashSet<>();

    private final Refusals refusals;

    private record Wanted(Subscription subscription, MqttProperties properties) {}

    /** Told of subscriptions that a broker has granted, forgotten, and refuses now. */
    @FunctionalInterface
    interface Refusals {
        void refused(List<Subscription> asked, List<Integer> reasonCodes, MqttProperties answer);
    }

    Requests(PacketIds ids, Refusals refusals) {
        this.ids = ids;
        this.refusals = refusals;
    }

    void add(Request request) {
        waiting.addLast(request);
        request.subscriptions().forEach(each -> wanted.put(each.filter(), new Wanted(each, request.properties())));
        request.filters().forEach(wanted::remove);
        request.filters().forEach(granted::remove);
    }

    int size() {
        return waiting.size() + sent.size();
    }

    /**
     * What has no answer is sent again, in its order; all subscriptions are, when the broker has forgotten them, in packets
     * of at most {@code maxPacketBytes}.
     */
    void connected(boolean sessionPresent, long maxPacketBytes) {
        List<Request> again = new ArrayList<>(sent.values());
        again.addAll(waiting);
        sent.keySet().forEach(ids::release);
        sent.clear();
        waiting.clear();
        if (!sessionPresent) {
            Map<String, Wanted> forgotten = new LinkedHashMap<>(wanted);
            again.forEach(each -> each.subscriptions().forEach(one -> forgotten.remove(one.filter())));
            askAgain(forgotten.values(), Math.min(maxPacketBytes, MAX_AGAIN_BYTES));
        }
        waiting.addAll(again);
    }

    /** Those that go with the same properties together, as many as a packet takes. */
    private void askAgain(Collection<Wanted> forgotten, long maxPacketBytes) {
        Map<MqttProperties, List<Subscription>> requests = new LinkedHashMap<>();
        forgotten.forEach(each -> requests.computeIfAbsent(each.properties, key -> new ArrayList<>())
                .add(each.subscription));
        requests.forEach((properties, all) -> askAgain(all, properties, maxPacketBytes));
    }

    private void askAgain(List<Subscription> all, MqttProperties properties, long maxPacketBytes) {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            long more = MAX_UTF8_BYTES * all.get(i).filter().length() + FILTER_BYTES;
            if (i > from && bytes + more > maxPacketBytes) {
                renew(List.copyOf(all.subList(from, i)), properties);
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        renew(List.copyOf(all.subList(from, all.size())), properties);
    }

    private void renew(List<Subscription> all, MqttProperties properties) {
        waiting.add(Request.subscribe(all, properties, (codes, answer) -> {
            if (codes.stream().anyMatch(ReasonCode::isError)) {
                refusals.refused(all, codes, answer);
            }
        }));
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
    Request answered(Request.Kind kind, int packetId, List<Integer> codes) {
        Request request = sent.get(packetId);
        if (request == null || request.kind() != kind) {
            throw Violations.protocolError("an answer to no " + kind + ": packet " + packetId);
        }
        int asked = kind == Request.Kind.SUBSCRIBE
                ? request.subscriptions().size()
                : request.filters().size();
        if (codes.size() != asked && !(codes.isEmpty() && kind == Request.Kind.UNSUBSCRIBE)) {
            throw Violations.protocolError(codes.size() + " codes for " + asked + " filters");
        }
        for (int i = 0; i < request.subscriptions().size(); i++) {
            remember(request.subscriptions().get(i), request.properties(), codes.get(i));
        }
        sent.remove(packetId);
        ids.release(packetId);
        return request;
    }

    private void remember(Subscription asked, MqttProperties properties, int code) {
        if (!ReasonCode.isError(code)) {
            granted.add(asked.filter());
        } else if (!granted.contains(asked.filter())) {
            wanted.remove(asked.filter(), new Wanted(asked, properties));
        }
    }
}
