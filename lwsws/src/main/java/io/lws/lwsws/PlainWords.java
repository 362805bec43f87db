package io.lws.lwsws;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The command line as people and units write it: options and their values in words of their own. Whatever is not of that
 * kind is left to {@link CommandWords}, which knows more and takes longer to load than all the rest of a start.
 */
final class PlainWords {
    private static final String REPEATABLE = "--plugin-dir";
    private static final Map<String, String> LONG = Map.of(
            "-c", "--configdir", "-p", "--port", "-i", "--interface", "-n", "--no-default-plugins", "-d", "--debug");

    private PlainWords() {}

    /** Fills in {@code main}, or answers false and has perhaps filled in some of it. */
    static boolean read(LwswsMain main, String... args) {
        Set<String> seen = new HashSet<>();
        int next = 0;
        while (next < args.length) {
            String word = LONG.getOrDefault(args[next], args[next]);
            if (!seen.add(word) && !word.equals(REPEATABLE)) {
                return false;
            }
            boolean isLast = ++next == args.length;
            if (!isLast && takesOption(main, word, args[next])) {
                next++;
            } else if (!takesFlag(main, word) && !(isLast && takesCommand(main, word))) {
                return false;
            }
        }
        return true;
    }

    private static boolean takesFlag(LwswsMain main, String word) {
        switch (word) {
            case "--no-default-plugins" -> main.noDefaultPlugins = true;
            case "--take-over" -> main.takeOver = true;
            case "--check" -> main.check = true;
            case "--dry-run" -> main.dryRun = true;
            case "--plugins" -> main.listPlugins = true;
            case "--rehearse" -> main.rehearse = true;
            case "--schema" -> main.schema = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean takesOption(LwswsMain main, String word, String value) {
        if (value.startsWith("-")) {
            return false;
        }
        switch (word) {
            case "--configdir" -> main.configuration = Path.of(value);
            case "--port" -> {
                if (!isPort(value)) {
                    return false;
                }
                main.port = Integer.valueOf(value);
            }
            case "--interface" -> main.bindAddress = value;
            case REPEATABLE -> main.pluginDirs.add(Path.of(value));
            case "--data-dir" -> main.dataDir = Path.of(value);
            case "--debug" -> main.level = value;
            case "--admin-socket" -> main.adminSocket = Path.of(value);
            case "--pid-file" -> main.pidFile = Path.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As the pattern {@code [0-9]{1,5}}, without loading what patterns take. */
    private static boolean isPort(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= 5;
    }

    private static boolean takesCommand(LwswsMain main, String word) {
        if (word.startsWith("-") || word.startsWith("@")) {
            return false;
        }
        main.command = word;
        return true;
    }
}
