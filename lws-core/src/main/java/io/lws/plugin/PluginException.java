package io.lws.plugin;

import java.nio.file.Path;

/** A jar that cannot be used as a plugin; the message names it and says why. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PluginException(Path jar, String why) {
        super(jar.getFileName() + ": " + why);
    }

    PluginException(Path jar, Throwable cause) {
        super(jar.getFileName() + ": " + cause, cause);
    }
}
