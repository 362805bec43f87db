package io.lws.plugin;

import io.lws.Context;
import io.lws.spi.ProtocolProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of some directories: every {@code *.jar} directly in them, in name order. A jar that cannot be used is
 * refused by name and the others are served; of two jars with one protocol the first wins and the second is refused.
 */
public final class PluginDirectory implements AutoCloseable {
    private final List<Plugin> plugins = new ArrayList<>();
    private final Map<String, ProtocolProvider> providers = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();

    private PluginDirectory() {}

    /** @throws UncheckedIOException when a directory cannot be read, naming it */
    public static PluginDirectory load(Collection<Path> directories) {
        PluginDirectory loaded = new PluginDirectory();
        directories.forEach(loaded::loadAll);
        return loaded;
    }

    private void loadAll(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> isJar(entry.toString())).sorted().forEach(jar -> loadOne(directory, jar));
        } catch (IOException e) {
            throw new UncheckedIOException("plugin directory " + directory, e);
        }
    }

    /** Whether a file of that name is taken for a plugin; their class loaders are named so too. */
    public static boolean isJar(String name) {
        return name.endsWith(".jar");
    }

    private void loadOne(Path directory, Path jar) {
        try {
            if (!jar.toRealPath().startsWith(directory.toRealPath())) {
                refusals.add(jar.getFileName() + ": is a link to outside " + directory);
                return;
            }
            add(Plugin.load(jar));
        } catch (PluginException e) {
            refusals.add(String.valueOf(e.getMessage()));
        } catch (IOException | StackOverflowError | OutOfMemoryError e) {
            refusals.add(jar.getFileName() + ": " + e);
        }
    }

    private void add(Plugin plugin) {
        for (ProtocolProvider each : plugin.providers()) {
            if (providers.containsKey(each.protocolName())) {
                refusals.add(plugin.jar().getFileName() + ": protocol " + each.protocolName()
                        + " is provided already, by another jar");
                return;
            }
        }
        plugins.add(plugin);
        plugin.providers().forEach(each -> providers.put(each.protocolName(), each));
    }

    /** The provider of that protocol, or {@code null}. */
    public @Nullable ProtocolProvider provider(String protocolName) {
        return providers.get(protocolName);
    }

    /** By protocol name, in the order found. */
    public Map<String, ProtocolProvider> providers() {
        return Map.copyOf(providers);
    }

    public List<Plugin> plugins() {
        return List.copyOf(plugins);
    }

    /** One line for each jar that was refused, with its name and why. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Ties the plugins' life to a context: they are unloaded when it has ended. */
    public Context.Builder ownedBy(Context.Builder context) {
        return context.onClosed(this::close);
    }

    /** Lets everything go; call it when nothing of a plugin is in use any more. */
    @Override
    public void close() {
        plugins.clear();
        providers.clear();
    }
}
