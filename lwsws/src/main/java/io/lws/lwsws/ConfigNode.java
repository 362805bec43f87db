package io.lws.lwsws;

import java.util.List;

/** A piece of configuration that knows where it stands. Immutable. */
sealed interface ConfigNode {
    /** Where it begins. */
    Location at();

    /** What it is, for messages. */
    String kind();

    /** {@code {...}}: members in the order written, a repeated name as often as it is written. */
    record Tree(Location at, List<Member> members) implements ConfigNode {
        public Tree {
            members = List.copyOf(members);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** {@code [...]}. */
    record Sequence(Location at, List<ConfigNode> elements) implements ConfigNode {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A string, or a number or boolean as it is written: lws knows no difference. */
    record Text(Location at, String value) implements ConfigNode {
        @Override
        public String kind() {
            return "\"" + value + "\"";
        }
    }

    /** {@code at} is where the name stands. */
    record Member(String name, Location at, ConfigNode value) {}
}
