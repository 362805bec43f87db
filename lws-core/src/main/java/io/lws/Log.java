package io.lws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The one way the library logs: {@link System.Logger}, one event one line, control characters of whatever came from
 * outside escaped as {@code \xNN}. Safe for any thread.
 */
public final class Log {
    private final String name;
    /** Looked for when there is something to say: what the JDK loads for its first logger is a tenth of a server's start. */
    private volatile @Nullable Logger logger;

    private Log(String name) {
        this.name = name;
    }

    /** {@code name} is the logger's name, such as {@code lws.net}. */
    public static Log of(String name) {
        return new Log(name);
    }

    /**
     * Loads what a first line takes. Where that is the one that says that no descriptor is left, loading fails, and the
     * JDK's formatter then fails for good: so a context does this before it runs.
     */
    public static void prepare() {
        TimeZone.getDefault().toZoneId(); // with the rules of time zones, which the JDK's formatter asks
        System.getLogger("lws").isLoggable(Level.ERROR);
    }

    /** Whoever comes first; two at once find the same. */
    private Logger logger() {
        Logger there = logger;
        if (there == null) {
            there = System.getLogger(name);
            logger = there;
        }
        return there;
    }

    public boolean debugging() {
        return logger().isLoggable(Level.DEBUG);
    }

    /** {@code tag} is a session's or owner's name. */
    public void debug(String tag, String message) {
        log(Level.DEBUG, tag, message, null);
    }

    public void info(String tag, String message) {
        log(Level.INFO, tag, message, null);
    }

    public void warn(String tag, String message) {
        log(Level.WARNING, tag, message, null);
    }

    public void error(String tag, String message, @Nullable Throwable cause) {
        log(Level.ERROR, tag, message, cause);
    }

    private void log(Level level, String tag, String message, @Nullable Throwable cause) {
        Logger to = logger();
        if (!to.isLoggable(level)) {
            return;
        }
        String line = escape("[" + tag + "] " + message);
        try {
            if (cause == null) {
                to.log(level, line);
            } else {
                to.log(level, line, cause);
            }
        } catch (Throwable e) {
            // a logger may need a file, or memory, when just that has run out: no reason to end a loop
            System.err.println(line);
        }
    }

    /** Control characters as {@code \xNN}, so that nobody outside can write lines of their own into a log. */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (endsLineOrControls(text.charAt(i))) {
                return escapeFrom(text, i);
            }
        }
        return text;
    }

    /** Unicode's own line and paragraph separators included: some viewers begin a line there. */
    private static boolean endsLineOrControls(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String escapeFrom(String text, int from) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (endsLineOrControls(c)) {
                out.append(String.format("\\x%02x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
