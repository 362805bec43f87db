package io.lws.mqtt;

import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SUBSCRIBE or UNSUBSCRIBE that has no answer yet; sent again over the next connection. */
record Request(
        Kind kind,
        List<Subscription> subscriptions,
        List<String> filters,
        MqttProperties properties,
        WhenDone whenDone) {

    /** Which packet it becomes. */
    enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE
    }

    /** Who waits for the answer: the codes, and what the packet says besides. */
    @FunctionalInterface
    interface WhenDone {
        void accept(List<Integer> reasonCodes, MqttProperties answer);
    }

    static Request subscribe(List<Subscription> subscriptions, WhenDone whenDone) {
        return subscribe(subscriptions, MqttProperties.NONE, whenDone);
    }

    static Request subscribe(List<Subscription> subscriptions, MqttProperties properties, WhenDone whenDone) {
        return new Request(Kind.SUBSCRIBE, subscriptions, List.of(), properties, whenDone);
    }

    static Request unsubscribe(List<String> filters, WhenDone whenDone) {
        return new Request(Kind.UNSUBSCRIBE, List.of(), filters, MqttProperties.NONE, whenDone);
    }

    /**
     * As much of it as a broker of these limits may be asked; {@code null} when that is nothing, which is an answer. One
     * that is asked for what it has said it cannot would end the connection over it.
     */
    @Nullable
    Request within(BrokerLimits limits) {
        List<Integer> refusals = subscriptions.stream()
                .map(each -> limits.refusal(each, properties))
                .toList();
        List<Subscription> rest = new ArrayList<>();
        for (int i = 0; i < refusals.size(); i++) {
            if (refusals.get(i) == ReasonCode.SUCCESS) {
                rest.add(subscriptions.get(i));
            }
        }
        if (rest.size() == subscriptions.size()) {
            return this;
        }
        if (rest.isEmpty()) {
            whenDone.accept(refusals, MqttProperties.NONE);
            return null;
        }
        return subscribe(
                List.copyOf(rest), properties, (codes, answer) -> whenDone.accept(merged(refusals, codes), answer));
    }

    private static List<Integer> merged(List<Integer> refusals, List<Integer> codes) {
        Iterator<Integer> answers = codes.iterator();
        return refusals.stream()
                .map(each -> each == ReasonCode.SUCCESS ? answers.next() : each)
                .toList();
    }
}
