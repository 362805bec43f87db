package io.lws.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.loop.EventLoop;
import io.lws.loop.NanoClock;
import io.lws.loop.NioPoller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageBusTest {
    private final MessageBus bus = new MessageBus();
    private final EventLoop loop = new EventLoop(0, new NioPoller(), NanoClock.SYSTEM);
    private final List<Object> heard = new ArrayList<>();

    MessageBusTest() throws IOException {}

    @AfterEach
    void close() {
        loop.poller().close();
    }

    @Test
    void tellsSubscribersOfTheKindInOrder() {
        bus.subscribe(String.class, loop, 10, heard::add);
        bus.subscribe(Object.class, loop, 10, message -> heard.add("any " + message));
        assertEquals(2, bus.publish("a"));
        assertEquals(1, bus.publish(1));
        assertEquals(List.of(), heard);
        loop.serviceOnce(0);
        assertEquals(List.of("a", "any a", "any 1"), heard);
    }

    @Test
    void dropsWhatASlowSubscriberCannotHold() {
        Subscription<Integer> slow = bus.subscribe(Integer.class, loop, 2, heard::add);
        for (int i = 0; i < 5; i++) {
            bus.publish(i);
        }
        loop.serviceOnce(0);
        bus.publish(5);
        loop.serviceOnce(0);
        assertEquals(List.of(0, 1, 5), heard);
        assertEquals(3, slow.dropped());
    }

    @Test
    void tellsNothingAfterTheClose() {
        Subscription<String> closed = bus.subscribe(String.class, loop, 2, heard::add);
        bus.publish("late");
        closed.close();
        closed.close();
        assertEquals(0, bus.publish("later"));
        loop.serviceOnce(0);
        assertEquals(List.of(), heard);
    }

    @Test
    void goesOnAfterAListenerThatThrows() {
        bus.subscribe(String.class, loop, 2, message -> {
            throw new IllegalStateException("meant");
        });
        bus.subscribe(String.class, loop, 2, heard::add);
        bus.publish("x");
        loop.serviceOnce(0);
        assertEquals(List.of("x"), heard);
    }

    @Test
    void refusesASubscriberThatHoldsNothing() {
        assertThrows(IllegalArgumentException.class, () -> bus.subscribe(String.class, loop, 0, heard::add));
    }

    /** Else every message to come would be counted as heard, and what it held be kept for ever. */
    @Test
    void forgetsASubscriberWhoseLoopHasEnded() {
        Context context = Context.builder().build().start();
        Subscription<String> subscription =
                bus.subscribe(String.class, context.loops().get(0), 2, heard::add);
        context.close();
        for (int i = 0; i < 3; i++) {
            assertEquals(0, bus.publish("late"));
        }
        assertEquals(0, subscription.dropped());
        assertEquals(List.of(), heard);
    }
}
