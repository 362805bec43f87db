package io.lws.cli;

import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets the level and the one-line form of the JDK's own logging, which {@code System.Logger} uses by default. */
public final class LogLevel {
    private LogLevel() {}

    /** Takes what {@code -d} was given; {@link IllegalArgumentException} when that is no level. */
    public static void apply(String name) {
        setting(name).run();
    }

    /** As {@link #apply}, which takes a while, in two: what this answers sets the level when it is run, on any thread. */
    public static Runnable setting(String name) {
        return new Setting(bits(name));
    }

    /** Nothing of the JDK's logging is loaded before it is run. */
    private record Setting(int bits) implements Runnable {
        @Override
        public void run() {
            Root.set(bits > 15 ? Level.FINE : bits > 3 ? Level.INFO : bits > 1 ? Level.WARNING : Level.SEVERE);
        }
    }

    private static final class Root {
        /** Held on to, since the log manager does not. */
        private static final Logger ROOT = Logger.getLogger("");

        static void set(Level level) {
            for (var handler : ROOT.getHandlers()) {
                ROOT.removeHandler(handler);
            }
            ConsoleHandler console = new Staying();
            console.setLevel(level);
            console.setFormatter(new OneLine());
            ROOT.addHandler(console);
            ROOT.setLevel(level);
        }
    }

    /** The JDK resets its logging in a hook beside those in which others end, and say how. */
    private static final class Staying extends ConsoleHandler {
        /** Called with the removal from the root logger, and not when it is replaced here. */
        @Override
        public synchronized void close() {
            flush();
            Root.ROOT.addHandler(this);
        }
    }

    /** lws' bit field: 1 error, 2 warn, 4 notice, 8 info, 16 and up debug of several kinds; or a name for the usual ones. */
    private static int bits(String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "error":
                return 1;
            case "warn":
                return 3;
            case "info":
                return 15;
            case "debug":
                return 31;
            default:
                try {
                    return Integer.decode(name);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("-d " + name + ": not a level; error, warn, info or debug", e);
                }
        }
    }

    /** Time, level, logger, message; a stack trace only below debug's sight. */
    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord event) {
            StringBuilder line = new StringBuilder(96)
                    .append(String.format(Locale.ROOT, "%1$tF %1$tT.%1$tL ", event.getMillis()))
                    .append(event.getLevel().getName().charAt(0))
                    .append(' ')
                    .append(event.getLoggerName())
                    .append(' ')
                    .append(formatMessage(event))
                    .append('\n');
            Throwable thrown = event.getThrown();
            if (thrown != null) {
                java.io.StringWriter trace = new java.io.StringWriter();
                thrown.printStackTrace(new java.io.PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }
    }
}
