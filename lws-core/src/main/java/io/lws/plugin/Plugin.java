package io.lws.plugin;

import io.lws.spi.ProtocolProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** One loaded plugin jar and the protocols it provides; its classes are collected with the last object made of them. */
public final class Plugin {
    private final Path jar;
    private final List<ProtocolProvider> providers;

    private Plugin(Path jar, List<ProtocolProvider> providers) {
        this.jar = jar;
        this.providers = List.copyOf(providers);
    }

    /**
     * Loads one jar, which is not needed any more after that. Its classes see the library, the libraries in the jar's own
     * directory {@code lib}, and nothing of other plugins.
     *
     * @throws PluginException naming the jar and what is wrong with it
     */
    public static Plugin load(Path jar) {
        try {
            Path real = jar.toRealPath();
            ClassLoader loader = new PluginLoader(real, JarContents.read(jar), Plugin.class.getClassLoader());
            return new Plugin(real, providers(jar, loader));
        } catch (PluginException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            throw new PluginException(jar, e);
        }
    }

    private static List<ProtocolProvider> providers(Path jar, ClassLoader loader) {
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

    /** Whatever a provider does on being asked is done here, where it costs only its own jar. */
    private static void check(Path jar, ProtocolProvider provider) {
        if (provider.apiLevel() > ProtocolProvider.API_LEVEL) {
            throw new PluginException(
                    jar,
                    "protocol " + provider.protocolName() + " needs plugin API level " + provider.apiLevel()
                            + ", this library has " + ProtocolProvider.API_LEVEL);
        }
        boolean complete = provider.protocolName() != null
                && provider.factory() != null
                && provider.description() != null
                && provider.options() != null;
        if (!complete || provider.protocolName().isBlank()) {
            throw new PluginException(jar, provider.getClass().getName() + " says null where it must not");
        }
    }

    /** The jar's real path. */
    public Path jar() {
        return jar;
    }

    public List<ProtocolProvider> providers() {
        return providers;
    }

    @Override
    public String toString() {
        return "plugin " + jar.getFileName();
    }
}
