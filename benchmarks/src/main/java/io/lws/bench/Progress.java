package io.lws.bench;

import java.util.Locale;

/** Lines that say how far a run is. They go to the error stream, the result alone to standard output. */
final class Progress {
    private Progress() {}

    static void say(String line) {
        System.err.println(line);
    }

    static void say(String format, Object... values) {
        say(String.format(Locale.ROOT, format, values));
    }
}
