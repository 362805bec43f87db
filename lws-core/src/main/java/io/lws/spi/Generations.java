package io.lws.spi;

import io.lws.Context;
import io.lws.VhostOption;
import io.lws.plugin.Plugin;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a process serves besides the vhost that has this option: the context that takes new callers and those before it
 * whose connections live on. For protocols that show the state of the server. Any thread.
 */
public final class Generations implements VhostOption {
    private final Supplier<List<One>> source;

    public Generations(Supplier<List<One>> source) {
        this.source = source;
    }

    /** Those that drain, the oldest first, and last the one that takes new callers. */
    public List<One> all() {
        return source.get();
    }

    /**
     * One generation.
     *
     * @param number counts from 1 in a process
     * @param since when it began to serve
     * @param plugins what its protocols come from; not to be kept, their class loaders would never be collected
     */
    public record One(int number, Instant since, Context context, List<Plugin> plugins) {
        public One {
            plugins = List.copyOf(plugins);
        }
    }
}
