package io.lws.plugin;

import io.lws.Log;
import io.lws.spi.ProtocolProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** One loaded plugin jar: its class loader and the protocols it provides. */
public final class Plugin implements AutoCloseable {
    private final Path jar;
    private final URLClassLoader loader;
    private final List<ProtocolProvider> providers;

    private Plugin(Path jar, URLClassLoader loader, List<ProtocolProvider> providers) {
        this.jar = jar;
        this.loader = loader;
        this.providers = List.copyOf(providers);
    }

    /**
     * Loads one jar. Its classes see the library and nothing of other plugins.
     *
     * @throws PluginException naming the jar and what is wrong with it
     */
    public static Plugin load(Path jar) {
        URLClassLoader loader = null;
        try {
            Path real = jar.toRealPath();
            loader = new URLClassLoader(
                    jar.getFileName().toString(), new URL[] {real.toUri().toURL()}, Plugin.class.getClassLoader());
            return new Plugin(real, loader, providers(jar, loader));
        } catch (IOException | PluginException | LinkageError | ServiceConfigurationError e) {
            closeQuietly(loader);
            throw e instanceof PluginException refusal ? refusal : new PluginException(jar, e);
        }
    }

    private static List<ProtocolProvider> providers(Path jar, URLClassLoader loader) {
        List<ProtocolProvider> own = new ArrayList<>();
        for (ProtocolProvider each : ServiceLoader.load(ProtocolProvider.class, loader)) {
            if (each.getClass().getClassLoader() == loader) {
                check(jar, each);
                own.add(each);
            }
        }
        if (own.isEmpty()) {
            throw new PluginException(
                    jar, "provides no protocol (no META-INF/services/" + ProtocolProvider.class.getName() + ")");
        }
        return own;
    }

    private static void check(Path jar, ProtocolProvider provider) {
        if (provider.apiLevel() > ProtocolProvider.API_LEVEL) {
            throw new PluginException(
                    jar,
                    "protocol " + provider.protocolName() + " needs plugin API level " + provider.apiLevel()
                            + ", this library has " + ProtocolProvider.API_LEVEL);
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable URLClassLoader loader) {
        if (loader != null) {
            try {
                loader.close();
            } catch (IOException e) {
                Log.of("lws.plugin").warn("plugin", "closing a class loader: " + e.getMessage());
            }
        }
    }

    /** The jar's real path. */
    public Path jar() {
        return jar;
    }

    public List<ProtocolProvider> providers() {
        return providers;
    }

    /** Closes the jar. Classes already loaded go on working; they are collected with the last object made of them. */
    @Override
    public void close() {
        closeQuietly(loader);
    }

    @Override
    public String toString() {
        return "plugin " + jar.getFileName();
    }
}
