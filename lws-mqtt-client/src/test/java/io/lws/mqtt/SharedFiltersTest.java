package io.lws.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.packet.Subscription.LocalMessages;
import io.lws.mqtt.packet.Subscription.RetainAs;
import io.lws.mqtt.packet.Subscription.RetainHandling;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedFiltersTest {
    private final SharedFilters<String> filters = new SharedFilters<>();

    private static Subscription quiet(String filter, Qos qos) {
        return new Subscription(filter, qos, LocalMessages.INCLUDED, RetainAs.KEPT_BEFORE, RetainHandling.NEVER);
    }

    private void hold(String holder, Subscription asked) {
        Subscription more = filters.add(holder, asked);
        if (more != null) {
            filters.answered(holder, asked.filter(), more.qos().number());
        }
    }

    @Test
    void givesAFilterBackWithItsLastHolder() {
        hold("one", quiet("a/+", Qos.AT_LEAST_ONCE));
        assertNull(filters.add("two", quiet("a/+", Qos.AT_LEAST_ONCE)), "the broker has granted that");
        assertEquals(1, filters.granted("a/+"));
        assertFalse(filters.remove("one", "a/+"));
        assertFalse(filters.remove("one", "a/+"), "twice");
        assertEquals(Set.of("two"), filters.receivers("a/b", false));
        assertTrue(filters.remove("two", "a/+"));
        assertEquals(Set.of(), filters.receivers("a/b", false));
        assertNotNull(filters.add("one", quiet("a/+", Qos.AT_MOST_ONCE)), "asked for anew");
    }

    @Test
    void asksForTheHighestQosAndTheWidestOptions() {
        hold("one", quiet("a", Qos.AT_LEAST_ONCE));
        assertNull(filters.add("two", quiet("a", Qos.AT_MOST_ONCE)));
        assertEquals(quiet("a", Qos.EXACTLY_ONCE), filters.add("three", quiet("a", Qos.EXACTLY_ONCE)));
        Subscription published = new Subscription(
                "a", Qos.AT_MOST_ONCE, LocalMessages.EXCLUDED, RetainAs.PUBLISHED, RetainHandling.NEVER);
        assertEquals(
                new Subscription(
                        "a", Qos.EXACTLY_ONCE, LocalMessages.INCLUDED, RetainAs.PUBLISHED, RetainHandling.NEVER),
                filters.add("four", published));
    }

    @Test
    void asksWhileTheFirstAnswerIsOutstanding() {
        assertNotNull(filters.add("one", quiet("a", Qos.AT_LEAST_ONCE)));
        assertNotNull(filters.add("two", quiet("a", Qos.AT_LEAST_ONCE)));
    }

    @Test
    void takesTheFilterFromTheOneThatWasRefused() {
        hold("one", quiet("a", Qos.AT_MOST_ONCE));
        assertNotNull(filters.add("two", quiet("a", Qos.EXACTLY_ONCE)));
        filters.answered("two", "a", ReasonCode.NOT_AUTHORIZED);
        assertEquals(Set.of("one"), filters.receivers("a", false));
    }

    @Test
    void matchesEachHolderOnce() {
        hold("one", quiet("a/#", Qos.AT_MOST_ONCE));
        hold("one", quiet("a/b", Qos.AT_MOST_ONCE));
        hold("two", quiet("+/b", Qos.AT_MOST_ONCE));
        hold("three", quiet("$share/g/a/b", Qos.AT_MOST_ONCE));
        hold("four", quiet("a/c", Qos.AT_MOST_ONCE));
        assertEquals(Set.of("one", "two", "three"), filters.receivers("a/b", false));
        assertEquals(Set.of("one"), filters.receivers("a", false));
        assertEquals(Set.of(), filters.receivers("$a/b", false));
        assertEquals(Set.of("a/#", "a/b"), filters.of("one"));
    }

    @Test
    void givesKeptMessagesToTheOneThatAskedForThem() {
        Subscription kept = Subscription.of("a", Qos.AT_LEAST_ONCE);
        hold("one", kept);
        hold("quiet", quiet("a", Qos.AT_LEAST_ONCE));
        assertEquals(Set.of("one"), filters.receivers("a", true));
        assertEquals(kept, filters.add("two", kept), "for its kept messages");
        assertEquals(Set.of("one", "two"), filters.receivers("a", true), "the first one's may still be on the way");
        filters.answered("two", "a", 1);
        assertEquals(Set.of("two"), filters.receivers("a", true));
        assertEquals(Set.of("one", "quiet", "two"), filters.receivers("a", false));
        filters.sessionLost();
        assertEquals(Set.of("one", "two"), filters.receivers("a", true));
    }
}
