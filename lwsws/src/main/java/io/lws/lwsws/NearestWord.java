package io.lws.lwsws;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which of the known words was meant. */
final class NearestWord {
    private NearestWord() {}

    /** The known word fewest edits away; there must be one. */
    static String to(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String each) -> edits(word, each)).thenComparing(each -> each))
                .orElseThrow();
    }

    /** Letters to insert, delete or replace to make one of the other (Levenshtein). */
    static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] line = new int[above.length];
            line[0] = row;
            for (int column = 1; column < line.length; column++) {
                int same = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                line[column] = Math.min(above[column - 1] + same, 1 + Math.min(above[column], line[column - 1]));
            }
            above = line;
        }
        return above[to.length()];
    }
}
