package io.lws.architecture;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The arrows of the module map: what each module may name. A module that is not drawn here is refused. */
final class ModuleMap {
    private static final Map<String, Set<String>> BELOW = new HashMap<>();

    static {
        draw("lws-core");
        draw("lws-testing", "lws-core");
        draw("lws-http", "lws-core");
        draw("lws-brotli", "lws-core", "lws-http");
        draw("lws-ws", "lws-core", "lws-http");
        draw("lws-raw", "lws-core");
        draw("lws-mqtt-client", "lws-core", "lws-ws", "lws-http");
        draw("lws-cli", "lws-core");
        draw("lws-crypto", "lws-core");
        draw("lws-dbus", "lws-core");
        draw("lws-metrics", "lws-core");
        draw("lws-epoll", "lws-core");
        draw("lws-uring", "lws-core");
        draw("lws-secure-streams", "lws-core", "lws-http", "lws-ws", "lws-raw", "lws-mqtt-client");
    }

    private static final Set<String> NOT_FOR_PLUGINS = Set.of("lws-cli", "lws-testing", "lwsws");
    private static final Set<String> NOT_FOR_MAINS = Set.of("lws-testing", "lwsws");

    private ModuleMap() {}

    private static void draw(String module, String... below) {
        BELOW.put(module, Set.of(below));
    }

    static boolean isDrawn(Checkout.Module module) {
        return BELOW.containsKey(module.name()) || isTop(module);
    }

    /** What stands on top of the map: nothing may name it. */
    private static boolean isTop(Checkout.Module module) {
        return module.isExample()
                || module.isPlugin()
                || Set.of("lwsws", "benchmarks").contains(module.name());
    }

    static boolean mayName(Checkout.Module from, Checkout.Module to) {
        if (from.equals(to)) {
            return true;
        }
        if (isTop(to)) {
            return false;
        }
        if (isTop(from)) {
            return !(from.isPlugin() ? NOT_FOR_PLUGINS : NOT_FOR_MAINS).contains(to.name());
        }
        return BELOW.getOrDefault(from.name(), Set.of()).contains(to.name());
    }
}
