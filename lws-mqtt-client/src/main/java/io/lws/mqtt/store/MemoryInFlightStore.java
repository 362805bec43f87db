package io.lws.mqtt.store;

import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.PayloadSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Survives lost connections, not the process. */
public final class MemoryInFlightStore implements InFlightStore {
    private final Map<Integer, Outgoing> outgoing = new LinkedHashMap<>();
    private final Set<Integer> received = new TreeSet<>();
    private long acceptedCount;

    /** Empty. */
    public MemoryInFlightStore() {}

    @Override
    public Kept load() {
        return new Kept(new ArrayList<>(outgoing.values()), new TreeSet<>(received));
    }

    @Override
    public void accepted(int packetId, MqttMessage message) {
        acceptedCount++;
        outgoing.put(packetId, new Outgoing(packetId, Stage.ACCEPTED, message));
    }

    @Override
    public void accepted(int packetId, MqttMessage message, PayloadSource payload) {
        acceptedCount++;
        outgoing.put(packetId, new Outgoing(packetId, Stage.ACCEPTED, message, payload));
    }

    @Override
    public void released(int packetId) {
        outgoing.computeIfPresent(
                packetId, (id, was) -> new Outgoing(id, Stage.RELEASED, was.message(), was.payload()));
    }

    @Override
    public void completed(int packetId) {
        outgoing.remove(packetId);
    }

    @Override
    public void received(int packetId) {
        received.add(packetId);
    }

    @Override
    public void forgotten(int packetId) {
        received.remove(packetId);
    }

    @Override
    public long acceptedCount() {
        return acceptedCount;
    }

    /** Puts the count where a file said it was. */
    void restoreCount(long count) {
        acceptedCount = count;
    }

    @Override
    public void close() {}
}
