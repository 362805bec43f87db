package io.lws.lwsws;

import io.lws.plugin.Plugin;
import io.lws.plugin.PluginDirectory;
import io.lws.spi.ProtocolProvider;
import java.io.PrintStream;
import java.util.TreeMap;

/** What {@code --plugins} prints: each jar with its protocols and their options, and the jars that were refused. */
final class PluginList {
    private PluginList() {}

    static void print(PluginDirectory plugins, PrintStream out) {
        for (Plugin each : plugins.plugins()) {
            out.println(each.jar());
            each.providers().forEach(provider -> print(provider, out));
        }
        plugins.refusals().forEach(each -> out.println("refused: " + each));
    }

    private static void print(ProtocolProvider provider, PrintStream out) {
        out.println("  " + provider.protocolName() + ": " + provider.description());
        new TreeMap<>(provider.options()).forEach((name, meaning) -> out.println("    " + name + ": " + meaning));
    }
}
