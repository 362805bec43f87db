package io.lws.lwsws;

import java.net.InetAddress;
import java.util.Optional;

/** What the command line says about where to listen, whatever the configuration says now or after a reload. */
record ListenWords(Optional<Integer> port, Optional<InetAddress> address) {
    static final ListenWords NONE = new ListenWords(Optional.empty(), Optional.empty());
}
