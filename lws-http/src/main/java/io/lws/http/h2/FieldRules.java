package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.hpack.HeaderField;

/** What holds for the fields of every message, requests, responses and trailers (RFC 9113 8.2). */
final class FieldRules {
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final long NO_LENGTH = -1;

    private FieldRules() {}

    /** A field that is none of the pseudo-header fields. */
    static void checkRegular(HeaderField field) {
        if (!field.isLegal() || field.isPseudo()) {
            throw malformed(field.isPseudo() ? "a pseudo-header field behind others" : "octets that no field may have");
        }
        if (ConnectionFields.has(field.name())) {
            throw malformed("a field of HTTP/1 connections");
        }
    }

    /** The value of content-length, of which there was {@code before}. */
    static long length(String digits, long before) {
        boolean number = !digits.isEmpty() && digits.length() <= MAX_LENGTH_DIGITS;
        for (int i = 0; i < digits.length(); i++) {
            number &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!number || before != NO_LENGTH) {
            throw malformed("not one content-length");
        }
        return Long.parseLong(digits);
    }

    /** Trailers, checked and copied. */
    static Headers trailers(FieldList fields) {
        Headers.Builder copy = Headers.builder();
        for (int i = 0; i < fields.count(); i++) {
            HeaderField field = fields.at(i);
            checkRegular(field);
            copy.add(field.name(), field.value(), field.isSecret());
        }
        return copy.build();
    }

    static ProtocolException malformed(String why) {
        return new ProtocolException(H2Error.PROTOCOL_ERROR, why);
    }
}
