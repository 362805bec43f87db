package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RequestsTest {
    private final Requests requests = new Requests(new PacketIds());

    private static Request ask(String... filters) {
        List<Subscription> all = new ArrayList<>();
        for (String each : filters) {
            all.add(Subscription.of(each, Qos.AT_LEAST_ONCE));
        }
        return Request.subscribe(all, codes -> {});
    }

    private static Request giveBack(String filter) {
        return Request.unsubscribe(List.of(filter), codes -> {});
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
        requests.connected(true);
        assertEquals(List.of("+2[a]", "-3[b]"), sent());
        assertEquals(List.of(), sent());
    }

    @Test
    void asksForAllAgainWhenTheBrokerHasForgotten() {
        requests.add(ask("a", "b"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, 2);
        requests.add(ask("c"));
        requests.add(giveBack("a"));
        requests.connected(false);
        assertEquals(List.of("+2[b]", "+3[c]", "-4[a]"), sent());
    }

    @Test
    void asksForNothingAgainThatTheBrokerKnows() {
        requests.add(ask("a"));
        sent();
        requests.answered(Request.Kind.SUBSCRIBE, 1, 1);
        requests.connected(true);
        assertEquals(List.of(), sent());
        assertEquals(0, requests.size());
    }

    @Test
    void refusesAnswersThatDoNotFit() {
        requests.add(ask("a", "b"));
        requests.add(giveBack("c"));
        sent();
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 9, 2)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.UNSUBSCRIBE, 1, 2)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 1, 1)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.SUBSCRIBE, 1, 0)));
        assertEquals(ReasonCode.PROTOCOL_ERROR, codeOf(() -> requests.answered(Request.Kind.UNSUBSCRIBE, 2, 2)));
        requests.answered(Request.Kind.UNSUBSCRIBE, 2, 0);
        requests.answered(Request.Kind.SUBSCRIBE, 1, 2);
        assertEquals(0, requests.size());
    }
}
