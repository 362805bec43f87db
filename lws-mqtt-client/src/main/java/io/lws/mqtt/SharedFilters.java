package io.lws.mqtt;

import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.packet.Subscription.LocalMessages;
import io.lws.mqtt.packet.Subscription.RetainAs;
import io.lws.mqtt.packet.Subscription.RetainHandling;
import io.lws.mqtt.packet.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who of the sessions on one connection holds which filter, and so who gets what comes. Knows no connection: it says what
 * to ask the broker for. {@code H} stands for a session.
 *
 * <p>Messages the broker had kept come anew with every SUBSCRIBE. They go to the holder that asked last, from its request
 * on; the others had theirs.
 */
final class SharedFilters<H> {
    /** One filter as the broker has it, for all who hold it. */
    private static final class Shared<H> {
        final Map<H, Holding> holders = new LinkedHashMap<>();
        /** What the broker has granted; an error code as long as it has granted nothing. */
        int granted = ReasonCode.UNSPECIFIED_ERROR;

        @Nullable
        Subscription asked;
    }

    /** What one holder wants of a filter. */
    private static final class Holding {
        final Subscription asked;
        boolean keptDue;

        Holding(Subscription asked) {
            this.asked = asked;
            keptDue = asked.retainHandling() != RetainHandling.NEVER;
        }
    }

    /** Filters without a wildcard are their own topic. */
    private final Map<String, Shared<H>> exact = new HashMap<>();

    private final Map<String, Shared<H>> wild = new LinkedHashMap<>();

    private Map<String, Shared<H>> home(String filter) {
        boolean plain = filter.indexOf('+') < 0 && filter.indexOf('#') < 0 && !filter.startsWith("$share/");
        return plain ? exact : wild;
    }

    /**
     * {@code holder} wants a filter. Returns what to ask the broker for: enough for all who hold it. {@code null} where the
     * broker has granted that already and no kept messages are wanted; {@link #granted} is the answer then.
     */
    @Nullable
    Subscription add(H holder, Subscription asked) {
        Shared<H> shared = home(asked.filter()).computeIfAbsent(asked.filter(), filter -> new Shared<>());
        Subscription most = union(shared.holders.values(), asked);
        boolean enough = asked.retainHandling() != RetainHandling.AT_SUBSCRIBE
                && !ReasonCode.isError(shared.granted)
                && shared.granted >= asked.qos().number()
                && shared.asked != null
                && shared.asked.localMessages() == most.localMessages()
                && shared.asked.retainAs() == most.retainAs();
        shared.holders.put(holder, new Holding(asked));
        if (enough) {
            return null;
        }
        shared.asked = most;
        return most;
    }

    private static Subscription union(Collection<Holding> all, Subscription asked) {
        Subscription most = asked;
        for (Holding each : all) {
            most = new Subscription(
                    asked.filter(),
                    most.qos().compareTo(each.asked.qos()) >= 0 ? most.qos() : each.asked.qos(),
                    each.asked.localMessages() == LocalMessages.INCLUDED
                            ? LocalMessages.INCLUDED
                            : most.localMessages(),
                    each.asked.retainAs() == RetainAs.PUBLISHED ? RetainAs.PUBLISHED : most.retainAs(),
                    asked.retainHandling());
        }
        return most;
    }

    /** The broker's answer to what {@code holder} made us ask for. */
    void answered(H holder, String filter, int reasonCode) {
        Shared<H> shared = home(filter).get(filter);
        if (shared == null) {
            return;
        }
        if (ReasonCode.isError(reasonCode)) {
            remove(holder, filter);
            return;
        }
        shared.granted = reasonCode;
        shared.holders.forEach((each, holding) -> holding.keptDue &= each.equals(holder));
    }

    /** What the broker says of a filter that nobody has asked for just now. */
    void granted(String filter, int reasonCode) {
        Shared<H> shared = home(filter).get(filter);
        if (shared != null) {
            shared.granted = reasonCode;
        }
    }

    int granted(String filter) {
        Shared<H> shared = home(filter).get(filter);
        return shared == null ? ReasonCode.UNSPECIFIED_ERROR : shared.granted;
    }

    /** True when nobody holds it any more, and the broker is to be told. */
    boolean remove(H holder, String filter) {
        Shared<H> shared = home(filter).get(filter);
        if (shared == null || shared.holders.remove(holder) == null || !shared.holders.isEmpty()) {
            return false;
        }
        home(filter).remove(filter);
        return true;
    }

    /** All filters of {@code holder}. */
    Set<String> of(H holder) {
        Set<String> filters = new LinkedHashSet<>();
        exact.forEach((filter, shared) -> addIfHeld(filters, filter, shared, holder));
        wild.forEach((filter, shared) -> addIfHeld(filters, filter, shared, holder));
        return filters;
    }

    private static <H> void addIfHeld(Set<String> to, String filter, Shared<H> shared, H holder) {
        if (shared.holders.containsKey(holder)) {
            to.add(filter);
        }
    }

    /** The broker has forgotten all; what it had kept will come again, for everybody. */
    void sessionLost() {
        exact.values().forEach(SharedFilters::expectKept);
        wild.values().forEach(SharedFilters::expectKept);
    }

    private static <H> void expectKept(Shared<H> shared) {
        shared.holders.values().forEach(each -> each.keptDue = each.asked.retainHandling() != RetainHandling.NEVER);
    }

    /** Who gets a message, each once. */
    Set<H> receivers(String topic, boolean retain) {
        Set<H> all = new LinkedHashSet<>();
        Shared<H> named = exact.get(topic);
        if (named != null) {
            addReceivers(all, named, retain);
        }
        wild.forEach((filter, shared) -> {
            if (Topics.matches(filter, topic)) {
                addReceivers(all, shared, retain);
            }
        });
        return all;
    }

    private static <H> void addReceivers(Set<H> to, Shared<H> shared, boolean retain) {
        shared.holders.forEach((holder, holding) -> {
            if (!retain || holding.keptDue || holding.asked.retainAs() == RetainAs.PUBLISHED) {
                to.add(holder);
            }
        });
    }
}
