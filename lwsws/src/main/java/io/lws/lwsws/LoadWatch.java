package io.lws.lwsws;

import io.lws.Log;
import io.lws.plugin.PluginDirectory;
import java.util.Optional;

/**
 * Says of a generation that takes long to make what it waits for: a plugin that does not end its beginning, by name. The
 * classes of a plugin are known by their loader, whatever of theirs runs: static initializers, factories, what these call.
 */
final class LoadWatch implements Runnable {
    private static final Log LOG = Log.of("lwsws");

    private final Thread loading;
    private final int number;

    /** {@code loading} makes generation {@code number}. */
    LoadWatch(Thread loading, int number) {
        this.loading = loading;
        this.number = number;
    }

    @Override
    public void run() {
        LOG.warn("generation " + number, "is still being made: " + culprit().orElse("the system is slow"));
    }

    /** Where in a plugin it is, in the words of a stack trace: {@code slow.jar: plugin.P.make(P.java:12)}. */
    private Optional<String> culprit() {
        for (StackTraceElement each : loading.getStackTrace()) {
            String loader = each.getClassLoaderName();
            if (loader != null && PluginDirectory.isJar(loader)) {
                return Optional.of("plugin " + loader + " does not end its beginning, in " + each.getClassName() + "."
                        + each.getMethodName() + " (" + each.getFileName() + ":" + each.getLineNumber() + ")");
            }
        }
        return Optional.empty();
    }
}
