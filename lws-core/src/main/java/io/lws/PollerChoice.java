package io.lws;

import io.lws.loop.NioPoller;
import io.lws.loop.Poller;
import io.lws.spi.PollerProvider;
import io.lws.spi.PollersFound;
import java.io.IOException;

/** Which poller a name means: {@code nio}, {@code auto}, {@code epoll}, {@code epoll:level}. */
final class PollerChoice {
    private static final Log LOG = Log.of("lws.context");
    private static final String NIO = "nio";
    private static final String AUTO = "auto";

    private PollerChoice() {}

    static Poller open(String wanted) throws IOException {
        // looking for others takes time that a start without them need not spend
        return wanted.equals(NIO) ? new NioPoller() : open(wanted, PollersFound.look());
    }

    static Poller open(String wanted, PollersFound found) throws IOException {
        int colon = wanted.indexOf(':');
        String name = colon < 0 ? wanted : wanted.substring(0, colon);
        String options = colon < 0 ? "" : wanted.substring(colon + 1);
        if (name.equals(AUTO) && options.isEmpty()) {
            return best(found);
        }
        return found.named(name)
                .orElseThrow(() -> new IllegalArgumentException(refusal(wanted, found)))
                .open(options);
    }

    private static String refusal(String wanted, PollersFound found) {
        StringBuilder text = new StringBuilder("no poller is called " + wanted + "; there are nio, auto");
        found.providers().forEach(each -> text.append(", ").append(each.name()));
        if (!found.failures().isEmpty()) {
            text.append("; and what cannot be used: ").append(String.join("; ", found.failures()));
        }
        return text.toString();
    }

    /** What is said to be available may still refuse: then the next best. */
    private static Poller best(PollersFound found) throws IOException {
        for (PollerProvider each : found.providers()) {
            if (each.priority() > 0 && each.available()) {
                try {
                    return each.open();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("poller", each.name() + " does not open, trying the next: " + e.getMessage());
                }
            }
        }
        return new NioPoller();
    }
}
