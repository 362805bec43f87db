package io.lws.net;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the addresses of a host, off the loop. Any thread. */
@FunctionalInterface
public interface Resolver {
    /**
     * The addresses of {@code host}, in the order of the name service, never none; or an {@link java.io.IOException} that
     * names the host. The stage may complete on any thread.
     */
    CompletionStage<List<InetAddress>> resolve(String host);

    /** The platform's name service, with a cache that all clients of the process share. */
    static Resolver system() {
        return SystemResolver.SHARED;
    }
}
