package io.lws.lwsws;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The line that says a vhost can be reached, and how. */
final class ReadyLine {
    private ReadyLine() {}

    /** Of each vhost that listens. */
    static List<String> ofAll(Context context) {
        return context.vhosts().stream()
                .filter(each -> each.listenAddress() != null)
                .map(ReadyLine::of)
                .toList();
    }

    static String of(Vhost vhost) {
        String protocols = String.join(" ", vhost.protocolNames());
        return "ready " + url(vhost) + " (vhost " + vhost.name()
                + (protocols.isEmpty() ? "" : ", protocols " + protocols) + ")";
    }

    private static String url(Vhost vhost) {
        Listener listener = vhost.context().listener(vhost);
        if (listener == null || !(listener.address() instanceof InetSocketAddress inet)) {
            return "unix:" + vhost.listenAddress();
        }
        InetAddress address = inet.getAddress();
        String text = address.getHostAddress();
        String host = address.isAnyLocalAddress() || address.isLoopbackAddress()
                ? "localhost"
                : text.indexOf(':') < 0 ? text : "[" + text + "]";
        return (vhost.tls() == null ? "http://" : "https://") + host + ":" + inet.getPort();
    }
}
