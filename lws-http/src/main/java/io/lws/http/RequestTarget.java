package io.lws.http;

import io.lws.ProtocolException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for (RFC 9112 3.2), taken apart once. Immutable, so loops keep the ones they see often.
 *
 * <p>{@link #path()} is decoded and normalised, {@link #raw()} is what the client sent. Everything the path could be
 * misread by is refused with 400 rather than repaired, see {@link PathNormaliser}.
 */
public final class RequestTarget {
    /** The four forms of RFC 9112 3.2. */
    public enum Form {
        /** {@code /path?query} */
        ORIGIN,
        /** {@code http://host/path?query}, as sent to a proxy; every server must take it. */
        ABSOLUTE,
        /** {@code host:port}, only with CONNECT. */
        AUTHORITY,
        /** {@code *}, only with OPTIONS: the server itself. */
        ASTERISK
    }

    private final Form form;
    private final String raw;
    private final String path;
    private final @Nullable String query;
    private final @Nullable String authority;

    private RequestTarget(Form form, String raw, String path, @Nullable String query, @Nullable String authority) {
        this.form = form;
        this.raw = raw;
        this.path = path;
        this.query = query;
        this.authority = authority;
    }

    /** Takes a target apart; {@link ProtocolException} 400 when {@code method} cannot have it or it is malformed. */
    public static RequestTarget parse(HttpMethod method, String raw) {
        requireVisible(raw);
        if (method == HttpMethod.CONNECT) {
            return authorityForm(raw);
        }
        if (raw.charAt(0) == '/') {
            return withPath(Form.ORIGIN, raw, 0, null);
        }
        if (raw.equals("*")) {
            return asteriskForm(method);
        }
        return absoluteForm(raw);
    }

    public Form form() {
        return form;
    }

    /** As sent. */
    public String raw() {
        return raw;
    }

    /** Decoded and normalised; {@code "*"} for the asterisk form, empty for the authority form. */
    public String path() {
        return path;
    }

    /** What stood behind the first {@code ?}, not decoded; null when there was none. */
    public @Nullable String query() {
        return query;
    }

    /** The query taken apart as a form; empty when there is none. */
    public QueryParams queryParams() {
        return query == null ? QueryParams.EMPTY : QueryParams.parse(query);
    }

    /** Host and port of an absolute or authority form, else null. */
    public @Nullable String authority() {
        return authority;
    }

    @Override
    public String toString() {
        return raw;
    }

    private static RequestTarget authorityForm(String raw) {
        int colon = raw.lastIndexOf(':');
        if (colon <= 0 || colon == raw.length() - 1 || !Authority.isValid(raw)) {
            throw badTarget("authority form wants host:port");
        }
        return new RequestTarget(Form.AUTHORITY, raw, "", null, raw);
    }

    private static RequestTarget asteriskForm(HttpMethod method) {
        if (method != HttpMethod.OPTIONS) {
            throw badTarget("asterisk form is for OPTIONS");
        }
        return new RequestTarget(Form.ASTERISK, "*", "*", null, null);
    }

    private static RequestTarget absoluteForm(String raw) {
        int colon = raw.indexOf("://");
        String scheme = colon < 0 ? "" : raw.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw badTarget("not a target this server takes");
        }
        int from = colon + 3;
        int to = from;
        while (to < raw.length() && raw.charAt(to) != '/' && raw.charAt(to) != '?') {
            to++;
        }
        String authority = raw.substring(from, to);
        if (authority.isEmpty() || !Authority.isValid(authority)) {
            throw badTarget("bad authority in target");
        }
        return withPath(Form.ABSOLUTE, raw, to, authority);
    }

    private static RequestTarget withPath(Form form, String raw, int from, @Nullable String authority) {
        int mark = raw.indexOf('?', from);
        int to = mark < 0 ? raw.length() : mark;
        String path = from == to ? "/" : PathNormaliser.normalise(raw, from, to);
        return new RequestTarget(form, raw, path, mark < 0 ? null : raw.substring(mark + 1), authority);
    }

    private static void requireVisible(String raw) {
        if (raw.isEmpty()) {
            throw badTarget("no target");
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw badTarget("character not allowed in target");
            }
        }
    }

    private static ProtocolException badTarget(String why) {
        return new ProtocolException(HttpStatus.BAD_REQUEST, why);
    }
}
