package io.lws.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header fields as received. Names are case-insensitive; values come without surrounding blanks, one char per octet.
 */
public interface RequestHeaders {
    /**
     * The value of that field, or null. A field sent several times is joined as RFC 9110 5.3 allows ({@code ", "}, for
     * cookies {@code "; "}).
     */
    @Nullable
    String header(String name);

    /** The values of each field line of that name, in order; empty when there is none. */
    List<String> headers(String name);

    /** How many field lines there are. */
    int headerCount();

    /** In lower case. */
    String headerName(int index);

    String headerValue(int index);

    /**
     * Whether HTTP/2's sender has marked that field as a secret: whoever sends it on must mark it, too (RFC 7541 6.2.3),
     * as {@link Headers.Builder#addSecret} does.
     */
    default boolean isHeaderSecret(int index) {
        return false;
    }
}
