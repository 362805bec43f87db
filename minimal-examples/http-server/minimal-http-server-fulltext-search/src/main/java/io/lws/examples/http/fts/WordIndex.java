package io.lws.examples.http.fts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which lines hold a word. Words are runs of letters and digits, in any case. Immutable once made. */
final class WordIndex {
    /** A line of a text. */
    record Line(String file, int number, String text) {}

    private final TreeMap<String, List<Line>> lines = new TreeMap<>();

    private WordIndex() {}

    /** Of the texts in a directory. */
    static WordIndex of(Path directory) throws IOException {
        WordIndex index = new WordIndex();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                index.add(file.getFileName().toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
            }
        }
        return index;
    }

    private void add(String file, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            Line line = new Line(file, i + 1, texts.get(i).strip());
            for (String word : new TreeSet<>(List.of(folded(line.text).split("[^\\p{L}\\p{N}]+")))) {
                lines.computeIfAbsent(word, each -> new ArrayList<>()).add(line);
            }
        }
    }

    /** The first lines that hold the word. */
    List<Line> find(String word, int most) {
        List<Line> found = lines.getOrDefault(folded(word), List.of());
        return word.isEmpty() ? List.of() : found.subList(0, Math.min(most, found.size()));
    }

    /** The first words, by the alphabet, that begin so. */
    List<String> beginningWith(String beginning, int most) {
        String from = folded(beginning);
        NavigableMap<String, List<Line>> rest = lines.tailMap(from, true);
        return rest.keySet().stream()
                .takeWhile(word -> word.startsWith(from))
                .filter(word -> !word.isEmpty())
                .limit(most)
                .toList();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
