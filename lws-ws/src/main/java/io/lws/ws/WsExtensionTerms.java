package io.lws.ws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Sec-WebSocket-Extensions} (RFC 6455 9.1): an offer of a client or the answer of a server. The
 * parameters are as sent, in order, doubled ones too: what they mean is the extension's to judge. Name, parameters' names
 * and values are tokens of HTTP, else {@code IllegalArgumentException}.
 */
public record WsExtensionTerms(String name, List<Parameter> parameters) {
    /** {@code name} or {@code name=value}. */
    public record Parameter(String name, @Nullable String value) {
        public Parameter {
            requireToken(name);
            if (value != null) {
                requireToken(value);
            }
        }
    }

    private static final String FIELD = "Sec-WebSocket-Extensions";

    public WsExtensionTerms {
        requireToken(name);
        parameters = List.copyOf(parameters);
    }

    /** Without parameters. */
    public static WsExtensionTerms of(String name) {
        return new WsExtensionTerms(name, List.of());
    }

    private static void requireToken(String text) {
        if (!HeaderCursor.isToken(text)) {
            throw new IllegalArgumentException("not a token: " + text);
        }
    }

    /** All elements of all fields of that name; {@code ProtocolException} 400 for what is not the grammar. */
    static List<WsExtensionTerms> parse(List<String> fieldValues) {
        List<WsExtensionTerms> extensions = new ArrayList<>();
        for (String value : fieldValues) {
            HeaderCursor cursor = new HeaderCursor(value);
            do {
                extensions.add(element(cursor));
            } while (cursor.take(','));
            if (!cursor.atEnd()) {
                throw HeaderCursor.malformed(FIELD);
            }
        }
        return List.copyOf(extensions);
    }

    private static WsExtensionTerms element(HeaderCursor cursor) {
        String name = cursor.token(FIELD);
        List<Parameter> parameters = new ArrayList<>();
        while (cursor.take(';')) {
            String parameter = cursor.token(FIELD);
            parameters.add(new Parameter(parameter, cursor.take('=') ? cursor.tokenOrQuoted(FIELD) : null));
        }
        return new WsExtensionTerms(name, parameters);
    }

    /** As it goes into the field. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            text.append("; ").append(parameter.name());
            if (parameter.value() != null) {
                text.append('=').append(parameter.value());
            }
        }
        return text.toString();
    }
}
