package io.lws.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README of an example says was typed, and what that printed. */
final class Transcript {
    static final Pattern READY = Pattern.compile("^ready \\w+://[^:]+:(\\d+).*$");

    private static final Pattern START = Pattern.compile("^\\./lws run ([\\w-]+/[\\w-]+)(.*?)( &)?$");
    private static final Pattern CHANGING = Pattern.compile("(?i)^(date|last-modified|etag|x-request-id): .*");
    private static final Pattern NONCE = Pattern.compile("nonce=\"[^\"]*\"");
    private static final Pattern PORT = Pattern.compile(":(\\d+)\\b");
    private static final Pattern TIME = Pattern.compile("\\b\\d+ ms\\b");
    private static final Pattern CIPHER = Pattern.compile("\\bTLS_[A-Z0-9_]+");

    /** A command and what it prints. */
    record Step(String command, List<String> printed) {
        /** Whether an example is started by it. */
        boolean isStart() {
            return START.matcher(command).matches();
        }

        /** Whether the commands behind it come while it runs. */
        boolean isInBackground() {
            return command.endsWith(" &");
        }

        String example() {
            return start().group(1);
        }

        /** What stands behind the example's name, but for the port. */
        List<String> arguments() {
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("'([^']*)'|\\S+").matcher(start().group(2));
            while (word.find()) {
                words.add(word.group(1) == null ? word.group() : word.group(1));
            }
            int port = words.indexOf("-p");
            if (port >= 0) {
                words.subList(port, port + 2).clear();
            }
            return words;
        }

        /** The port that is named, or the one all examples have. */
        String port() {
            Matcher named = Pattern.compile(" -p (\\d+)").matcher(command);
            return named.find() ? named.group(1) : "7681";
        }

        private Matcher start() {
            Matcher start = START.matcher(command);
            if (!start.matches()) {
                throw new IllegalStateException("starts no example: " + command);
            }
            return start;
        }
    }

    private Transcript() {}

    static List<Step> of(Path readme) {
        List<Step> steps = new ArrayList<>();
        boolean in = false;
        for (String line : Files.exists(readme) ? read(readme) : List.<String>of()) {
            in |= line.startsWith("## Transcript");
            if (in && line.startsWith("    $ ")) {
                steps.add(new Step(line.substring(6), new ArrayList<>()));
            } else if (in && line.startsWith("    ") && !steps.isEmpty()) {
                steps.get(steps.size() - 1).printed.add(line.substring(4));
            }
        }
        return steps;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the ports of the README as those of the running example, or back. */
    static String replaced(String text, Map<String, String> ports, boolean toReal) {
        Map<String, String> others = new HashMap<>();
        ports.forEach((inReadme, real) -> others.put(toReal ? inReadme : real, toReal ? real : inReadme));
        // all in one pass: what stands for one of them may be the number of another
        return PORT.matcher(text).replaceAll(found -> ":" + others.getOrDefault(found.group(1), found.group(1)));
    }

    /** Without what is another each time. */
    static String steady(String line) {
        String text = line.stripTrailing();
        Matcher field = CHANGING.matcher(text);
        if (field.matches()) {
            return field.group(1) + ": ...";
        }
        text = NONCE.matcher(text).replaceAll("nonce=...");
        text = TIME.matcher(text).replaceAll("N ms");
        return CIPHER.matcher(text).replaceAll("TLS_...");
    }

    /** Whether {@code printed} is what was expected; a line {@code ...} stands for any number of lines. */
    static boolean isLike(List<String> expected, List<String> printed) {
        int gap = expected.indexOf("...");
        if (gap < 0) {
            return expected.equals(printed);
        }
        List<String> rest = expected.subList(gap + 1, expected.size());
        if (printed.size() < gap || !printed.subList(0, gap).equals(expected.subList(0, gap))) {
            return false;
        }
        for (int from = gap; from <= printed.size(); from++) {
            if (isLike(rest, printed.subList(from, printed.size()))) {
                return true;
            }
        }
        return false;
    }

    /** Empty where it is what the step says, else what to say about it. Blank lines count for nothing. */
    static String difference(Step step, List<String> printed, Map<String, String> ports) {
        List<String> came = printed.stream()
                .filter(line -> !line.isBlank())
                .map(line -> steady(replaced(line, ports, false)))
                .toList();
        List<String> expected = step.printed.stream().map(Transcript::steady).toList();
        return isLike(expected, came)
                ? ""
                : "$ " + step.command + "\nexpected:\n" + String.join("\n", expected) + "\nprinted:\n"
                        + String.join("\n", came);
    }
}
