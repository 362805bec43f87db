package io.lws.lwsws;

import io.lws.lwsws.ConfigNode.Member;
import io.lws.lwsws.ConfigNode.Sequence;
import io.lws.lwsws.ConfigNode.Text;
import io.lws.lwsws.ConfigNode.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads one configuration file into a tree: JSON with what lws files contain besides, which is {@code #} comments, and
 * what people write anyway, which is comments as in C and a comma too many at the end.
 */
final class JsonReader {
    static final int MAX_DEPTH = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * MAX_DEPTH)
                    .build())
            .build();
    private static final String DATA_DIR = "_lws_ddir_";
    private static final String OF_NO_USE = " \\((for \\w+ starting|start marker) at .*|:[^:]*JsonReadFeature.*";

    private final Path file;
    private final Path dataDir;
    private final JsonParser parser;
    private final Findings findings;
    private int depth;

    private JsonReader(Path file, String json, Path dataDir, Findings findings) {
        this.file = file;
        this.dataDir = dataDir;
        this.findings = findings;
        parser = JSON.createParser(ObjectReadContext.empty(), json);
    }

    /** The tree in {@code json}, or {@code null} after the problem has been reported. */
    static @Nullable Tree read(Path file, String json, Path dataDir, Findings findings) {
        JsonReader reader = new JsonReader(file, json, dataDir, findings);
        try (JsonParser closing = reader.parser) {
            return reader.root();
        } catch (JacksonException e) {
            findings.problem(reader.location(e.getLocation()), "", reason(e.getOriginalMessage()));
            return null;
        } catch (TooDeep e) {
            findings.problem(e.at, "", "more than " + MAX_DEPTH + " levels deep");
            return null;
        }
    }

    private @Nullable Tree root() {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            Location at = first == null ? Location.of(file) : here();
            findings.problem(at, "", "an object with \"global\" and \"vhosts\" is wanted");
            return null;
        }
        Tree tree = tree();
        if (parser.nextToken() != null) {
            findings.problem(here(), "", "something stands behind the end of the configuration");
        }
        return tree;
    }

    private Tree tree() {
        Location at = enter();
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Location nameAt = here();
            parser.nextToken();
            ConfigNode value = value(name);
            if (value != null) {
                members.add(new Member(name, nameAt, value));
            }
        }
        depth--;
        return new Tree(at, members);
    }

    private Sequence sequence(String name) {
        Location at = enter();
        List<ConfigNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ConfigNode value = value(name);
            if (value != null) {
                elements.add(value);
            }
        }
        depth--;
        return new Sequence(at, elements);
    }

    private @Nullable ConfigNode value(String name) {
        switch (parser.currentToken()) {
            case START_OBJECT:
                return tree();
            case START_ARRAY:
                return sequence(name);
            case VALUE_NULL:
                findings.problem(here(), name, "null says nothing; leave the key out");
                return null;
            default:
                // numbers too come as they are written, however large
                return new Text(here(), parser.getString().replace(DATA_DIR, dataDir.toString()));
        }
    }

    private Location enter() {
        Location at = here();
        if (++depth > MAX_DEPTH) {
            throw new TooDeep(at);
        }
        return at;
    }

    private Location here() {
        return location(parser.currentTokenLocation());
    }

    private Location location(@Nullable TokenStreamLocation at) {
        return at == null ? Location.of(file) : new Location(file, at.getLineNr(), at.getColumnNr());
    }

    /** The library's own words, without what it says of its own options and of a source it does not show. */
    private static String reason(@Nullable String message) {
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        String bare = first.replaceFirst(OF_NO_USE, "");
        return bare.isEmpty() ? "is not JSON" : bare;
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Location at;

        TooDeep(Location at) {
            super(null, null, false, false);
            this.at = at;
        }
    }
}
