package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RequestsTest {
    private final List<String> refused = new ArrayList<>();
    private final Requests requests = new Requests(
            new PacketIds(), (asked, codes, answer) -> refused.add(asked.get(0).filter() + codes));

    private static Request ask(String... filters) {
        List<Subscription> all = new ArrayList<>();
        for (String each : filters) {
            all.add(Subscription.of(each, Qos.AT_LEAST_ONCE));
        }
        return Request.subscribe(all, (codes, answer) -> {});
    }

    private static Request giveBack(String filter) {
        return Request.unsubscribe(List.of(filter), (codes, answer) -> {});
    }

    private List<String> sent() {
        List<String> lines = new ArrayList<>();
        requests.sendAll(BrokerLimits.NONE, (id, request) -> {
            List<String> filters = new ArrayList<>(request.filters());
            request.subscriptions().forEach(each -> filters.add(each.filter()));
            lines.add((request.kind() == Request.Kind.SUBSCRIBE ? "+" : "-") + id + filters);
        });
        return lines;
    }

    private static int codeOf(Executable violation) {
        return assertThrows(ProtocolException.class, violation).code();
    }

    @Test
    void asksAgainWhatHasNoAnswer() {
        requests.add(ask("a"));
        assertEquals(List.of("+1[a]"), sent());
        requests.add(giveBack("b"));
        requests.connected(true, Long.MAX_VALUE);
        assertEquals(List.of("+2[a]", "-3[b]"), sent());
        assertEquals(List.of(), sent());
    }

    @Test
    void asksForAllAgainWhenTheBrokerHasForgotten() {
        requests.add(ask("a", "b"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(0, 0));
        requests.add(ask("c"));
        requests.add(giveBack("a"));
        requests.connected(false, Long.MAX_VALUE);
        assertEquals(List.of("+2[b]", "+3[c]", "-4[a]"), sent());
    }

    @Test
    void asksForNothingAgainThatTheBrokerKnows() {
        requests.add(ask("a"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(0));
        requests.connected(true, Long.MAX_VALUE);
        assertEquals(List.of(), sent());
        assertEquals(0, requests.size());
    }

    @Test
    void refusesAnswersThatDoNotFit() {
        requests.add(ask("a", "b"));
        requests.add(giveBack("c"));
        sent();
        assertEquals(
                ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 9, List.of(0, 0))));
        assertEquals(
                ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.UNSUBSCRIBE, 1, List.of(0, 0))));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(0))));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 1, List.of())));
        assertEquals(
                ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.UNSUBSCRIBE, 2, List.of(0, 0))));
        requests.answered(Request.Kind.UNSUBSCRIBE, 2, List.of());
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(0, 0));
        assertEquals(0, requests.size());
    }

    @Test
    void asksAgainInAsManyPacketsAsTheBrokersLongestAllows() {
        requests.add(ask("aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "d".repeat(200)));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(0, 0, 0, 0));
        requests.connected(false, 100);
        assertEquals(List.of("+2[aaaaaaaaaa, bbbbbbbbbb]", "+3[cccccccccc]", "+4[" + "d".repeat(200) + "]"), sent());
    }

    /** Whoever was told no does not expect messages after the next reconnection. */
    @Test
    void asksNotAgainForWhatWasOnlyEverRefused() {
        requests.add(ask("granted", "refused"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(1, 0x87));
        requests.connected(false, Long.MAX_VALUE);
        assertEquals(List.of("+2[granted]"), sent());
    }

    @Test
    void tellsOfARefusalOfWhatWasGrantedBefore() {
        requests.add(ask("a"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, List.of(1));
        requests.connected(false, Long.MAX_VALUE);
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 2, List.of(0x87))
                .whenDone()
                .accept(List.of(0x87), MqttProperties.NONE);
        assertEquals(List.of("a[135]"), refused);
        requests.connected(false, Long.MAX_VALUE);
        assertEquals(List.of("+3[a]"), sent());
        requests.answered(Request.Kind.SUBSCRIBE, 3, List.of(1)).whenDone().accept(List.of(1), MqttProperties.NONE);
        assertEquals(List.of("a[135]"), refused);
    }
}
