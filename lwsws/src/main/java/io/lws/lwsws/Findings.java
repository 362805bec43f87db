package io.lws.lwsws;

import io.lws.Log;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What reading a configuration found, of all its files together. One thread. */
final class Findings {
    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();

    /** One thing worth saying; {@code key} is empty where it is about a file. */
    record Finding(Location at, String key, String what) {
        @Override
        public String toString() {
            return Log.escape(at + ": " + (key.isEmpty() ? "" : key + ": ") + what);
        }
    }

    /** Something that must be put right before anything starts. */
    void problem(Location at, String key, String what) {
        problems.add(new Finding(at, key, what));
    }

    /** Something the reader of the log should know. */
    void note(Location at, String key, String what) {
        notes.add(new Finding(at, key, what));
    }

    List<String> problems() {
        return lines(problems);
    }

    List<String> notes() {
        return lines(notes);
    }

    /** @throws ConfigurationException with every problem found so far */
    void requireNone() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems());
        }
    }

    private static List<String> lines(List<Finding> findings) {
        if (findings.isEmpty()) {
            return List.of(); // most of the time, and what follows takes a while to load
        }
        Comparator<Finding> byPlace = Comparator.comparing((Finding each) -> each.at.file())
                .thenComparingInt(each -> each.at.line())
                .thenComparingInt(each -> each.at.column());
        return findings.stream().sorted(byPlace).map(Finding::toString).toList();
    }
}
