package io.lws.mqtt;

import io.lws.mqtt.packet.Subscription;
import java.util.List;
import java.util.function.Consumer;

/** A SUBSCRIBE or UNSUBSCRIBE that has no answer yet; sent again over the next connection. */
record Request(Kind kind, List<Subscription> subscriptions, List<String> filters, Consumer<List<Integer>> whenDone) {
    /** Which packet it becomes. */
    enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE
    }

    static Request subscribe(List<Subscription> subscriptions, Consumer<List<Integer>> whenDone) {
        return new Request(Kind.SUBSCRIBE, subscriptions, List.of(), whenDone);
    }

    static Request unsubscribe(List<String> filters, Consumer<List<Integer>> whenDone) {
        return new Request(Kind.UNSUBSCRIBE, List.of(), filters, whenDone);
    }
}
