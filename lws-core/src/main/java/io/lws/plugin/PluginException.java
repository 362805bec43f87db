package io.lws.plugin;

import java.nio.file.Path;

/** A jar that cannot be used as a plugin; the message names it and says why. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PluginException(Path jar, String why) {
        super(jar.getFileName() + ": " + why);
    }

    /** What was thrown, and what that came of: those that load services and classes hide it. */
    private static String described(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == thrown ? thrown.toString() : thrown.getMessage() + ": " + root;
    }

    PluginException(Path jar, Throwable cause) {
        super(jar.getFileName() + ": " + described(cause), cause);
    }
}
