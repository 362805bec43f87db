package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lws.lwsws.ConfigNode.Member;
import io.lws.lwsws.ConfigNode.Sequence;
import io.lws.lwsws.ConfigNode.Text;
import io.lws.lwsws.ConfigNode.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final Findings findings = new Findings();

    private Tree read(String json) {
        return JsonReader.read(Path.of("f"), json, Path.of("/data"), findings);
    }

    /** The tree in one line, each name and value with its place. */
    private static String show(ConfigNode node) {
        String place = "@" + node.at().line() + ":" + node.at().column();
        if (node instanceof Text text) {
            return text.value() + place;
        }
        if (node instanceof Sequence list) {
            return list.elements().stream().map(JsonReaderTest::show).collect(Collectors.joining(" ", "[", "]"))
                    + place;
        }
        return ((Tree) node).members().stream().map(JsonReaderTest::show).collect(Collectors.joining(" ", "{", "}"))
                + place;
    }

    private static String show(Member member) {
        return member.name() + "@" + member.at().line() + ":" + member.at().column() + "=" + show(member.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                 | {}@1:1",
                "{\"a\":\"b\"}                      | {a@1:2=b@1:6}@1:1",
                "{\"a\": 17, \"b\": -0.5e3}         | {a@1:2=17@1:7 b@1:11=-0.5e3@1:16}@1:1",
                "{\"a\": true, \"b\": false}        | {a@1:2=true@1:7 b@1:13=false@1:18}@1:1",
                "{\"a\": 99999999999999999999}      | {a@1:2=99999999999999999999@1:7}@1:1",
                "{\"a\": [ \"x\", {\"y\": \"z\"} ]} | {a@1:2=[x@1:9 {y@1:15=z@1:20}@1:14]@1:7}@1:1",
                "{\"a\": [\"x\",],}                 | {a@1:2=[x@1:8]@1:7}@1:1",
                "{\"a\": \"_lws_ddir_/x\"}          | {a@1:2=/data/x@1:7}@1:1",
                "{\"a\":\"1\",\"a\":\"2\"}          | {a@1:2=1@1:6 a@1:10=2@1:14}@1:1",
                "{/* c */\"a\":\"#no comment\"}     | {a@1:9=#no comment@1:13}@1:1",
                "`{# one\n\"a\": // two\n  \"b\"}`  | {a@2:1=b@3:3}@1:1",
            })
    void readsWithPlaces(String json, String expected) {
        assertEquals(expected, show(read(json)));
        assertEquals(List.of(), findings.problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                 | f: an object with \"global\" and \"vhosts\" is wanted",
                "[]                 | f:1:1: an object with \"global\" and \"vhosts\" is wanted",
                "\"a\"              | f:1:1: an object with \"global\" and \"vhosts\" is wanted",
                "{\"a\"}            | f:1:5: Unexpected character ('}' (code 125)): was expecting a colon to separate property name and value",
                "{\"a\":1 \"b\":2}  | f:1:8: Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
                "`{\n \"a\": yes}`  | f:2:7: Unrecognized token 'yes': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "{\"a\": [1}        | f:1:9: Unexpected close marker '}': expected ']'",
                "{} {}              | f:1:4: something stands behind the end of the configuration",
                "{\"a\": null}      | f:1:7: a: null says nothing; leave the key out",
                "{\"a\": 0x10}      | f:1:8: Unexpected character ('x' (code 120))",
                "{a: 1}             | f:1:2: Unexpected character ('a' (code 97)): was expecting double-quote to start property name",
            })
    void refuses(String json, String problem) {
        read(json == null ? "" : json);
        assertEquals(List.of(problem), findings.problems());
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 100, 10_000})
    void refusesDepth(int depth) {
        assertNull(read("{\"a\":".repeat(depth)));
        assertEquals(List.of("f:1:161: more than 32 levels deep"), findings.problems());
    }

    @Test
    void readsGreatestDepth() {
        int depth = JsonReader.MAX_DEPTH;
        read("{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1));
        assertEquals(List.of(), findings.problems());
    }
}
