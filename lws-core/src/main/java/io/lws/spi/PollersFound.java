package io.lws.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The poller providers there are here, the highest priority first, and why others cannot be used: one that was made for a
 * newer Java stands in nobody's way. Immutable.
 */
public record PollersFound(List<PollerProvider> providers, List<String> failures) {
    /** An iterator that fails goes on to the next provider; one that did not would fail for ever. */
    private static final int MAX_FAILURES = 100;

    public PollersFound {
        providers = providers.stream()
                .sorted(Comparator.comparingInt(PollerProvider::priority).reversed())
                .toList();
        failures = List.copyOf(failures);
    }

    /** Looks among the modules and jars of this library's own loader. */
    public static PollersFound look() {
        return look(PollerProvider.class.getClassLoader());
    }

    static PollersFound look(ClassLoader loader) {
        List<PollerProvider> found = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Iterator<PollerProvider> all =
                ServiceLoader.load(PollerProvider.class, loader).iterator();
        while (failures.size() < MAX_FAILURES) {
            try {
                if (!all.hasNext()) {
                    break;
                }
                found.add(all.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures.add(reason(e));
            }
        }
        return new PollersFound(found, failures);
    }

    private static String reason(Error e) {
        Throwable cause = e instanceof LinkageError || e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** The one of that name. */
    public Optional<PollerProvider> named(String name) {
        return providers.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
