package io.lws;

import io.lws.loop.NioPoller;
import io.lws.loop.Poller;
import io.lws.spi.PollerProvider;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Which poller a name means: {@code nio}, {@code auto}, {@code epoll}, {@code epoll:level}. */
final class PollerChoice {
    private static final Log LOG = Log.of("lws.context");
    private static final String NIO = "nio";
    private static final String AUTO = "auto";

    private PollerChoice() {}

    static Poller open(String wanted) throws IOException {
        int colon = wanted.indexOf(':');
        String name = colon < 0 ? wanted : wanted.substring(0, colon);
        String options = colon < 0 ? "" : wanted.substring(colon + 1);
        if (name.equals(NIO) && options.isEmpty()) {
            return new NioPoller();
        }
        if (name.equals(AUTO) && options.isEmpty()) {
            return best();
        }
        List<PollerProvider> found = providers();
        for (PollerProvider each : found) {
            if (each.name().equals(name)) {
                return each.open(options);
            }
        }
        throw new IllegalArgumentException("no poller is called " + wanted + "; there are nio, auto"
                + String.join("", found.stream().map(each -> ", " + each.name()).toList()));
    }

    /** What is said to be available may still refuse: then the next best. */
    private static Poller best() throws IOException {
        for (PollerProvider each : providers()) {
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

    private static List<PollerProvider> providers() {
        return ServiceLoader.load(PollerProvider.class, PollerProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(PollerProvider::priority).reversed())
                .toList();
    }
}
