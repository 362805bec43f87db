package io.lws.lwsws;

import io.lws.lwsws.ConfigNode.Member;
import io.lws.lwsws.ConfigNode.Sequence;
import io.lws.lwsws.ConfigNode.Text;
import io.lws.lwsws.ConfigNode.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value under its key. What cannot be read as wanted is reported, and the getter answers with something harmless, so
 * that reading goes on and all problems are found in one go.
 */
final class Value {
    private final Findings findings;
    private final String key;
    private final String name;
    private final Location keyAt;
    private final ConfigNode node;

    private Value(Findings findings, String key, String name, Location keyAt, ConfigNode node) {
        this.findings = findings;
        this.key = key;
        this.name = name;
        this.keyAt = keyAt;
        this.node = node;
    }

    /** The whole of one file. */
    static Value root(Tree tree, Findings findings) {
        return new Value(findings, "", "", tree.at(), tree);
    }

    /** The key's whole path, such as {@code vhosts[0].mounts[2].origin}. */
    String key() {
        return key;
    }

    /** The last part of the path. */
    String name() {
        return name;
    }

    /** Where the value stands. */
    Location at() {
        return node.at();
    }

    ConfigNode node() {
        return node;
    }

    /** The text, or {@code null} when it is none. */
    @Nullable
    String text() {
        if (node instanceof Text text) {
            return text.value();
        }
        problem("is " + node.kind() + " where text is wanted");
        return null;
    }

    /** As {@link #text}, and empty is a problem too. */
    @Nullable
    String nonEmptyText() {
        String text = text();
        if (text != null && text.isEmpty()) {
            problem("is empty");
            return null;
        }
        return text;
    }

    /** A whole number from {@code min} to {@code max}, or {@code min} when it is none. */
    int integer(int min, int max) {
        if (node instanceof Text text) {
            try {
                int number = Integer.parseInt(text.value().trim());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below, as what is out of range is
            }
        }
        problem("is " + node.kind() + " where a whole number from " + min + " to " + max + " is wanted");
        return min;
    }

    /** What lws takes for true, and the opposites; whatever is neither is a problem. */
    boolean flag() {
        if (node instanceof Text text) {
            String word = text.value().trim().toLowerCase(Locale.ROOT);
            switch (word) {
                case "true", "on", "yes":
                    return true;
                case "false", "off", "no", "":
                    return false;
                default:
                    if (word.matches("-?\\d+")) {
                        return !word.matches("-?0+");
                    }
            }
        }
        problem("is " + node.kind() + " where on or off is wanted");
        return false;
    }

    /** A list's elements; a lone value counts as a list of one. */
    List<Value> elements() {
        if (!(node instanceof Sequence sequence)) {
            return List.of(this);
        }
        List<Value> elements = new ArrayList<>();
        for (ConfigNode each : sequence.elements()) {
            elements.add(new Value(findings, key + "[" + elements.size() + "]", name, each.at(), each));
        }
        return elements;
    }

    /** Every member of an object as often as it is written. */
    List<Value> members() {
        if (!(node instanceof Tree tree)) {
            problem("is " + node.kind() + " where an object is wanted");
            return List.of();
        }
        return tree.members().stream().map(this::member).toList();
    }

    /** Every member of an object; reports each name that is there a second time, and leaves it out. */
    List<Value> distinctMembers() {
        Set<String> seen = new HashSet<>();
        List<Value> distinct = new ArrayList<>();
        for (Value each : members()) {
            if (seen.add(each.key)) {
                distinct.add(each);
            } else {
                each.problemAtKey("is given twice");
            }
        }
        return distinct;
    }

    /** The members of each object in a list, or of a lone object: how lws writes maps of free names. */
    List<Value> namedEntries() {
        return elements().stream()
                .flatMap(each -> each.distinctMembers().stream())
                .toList();
    }

    private Value member(Member member) {
        String path = key.isEmpty() ? member.name() : key + "." + member.name();
        return new Value(findings, path, member.name(), member.at(), member.value());
    }

    /** What {@code use} makes of the value, or nothing after reporting what it says against it. */
    <T> Optional<T> tried(Supplier<T> use) {
        try {
            return Optional.of(use.get());
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Something is wrong with the value. */
    void problem(String what) {
        findings.problem(node.at(), key, what);
    }

    /** Something is wrong with the key being there. */
    void problemAtKey(String what) {
        findings.problem(keyAt, key, what);
    }

    void note(String what) {
        findings.note(keyAt, key, what);
    }
}
