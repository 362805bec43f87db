package io.lws.http.h1;

/**
 * Checks {@code *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )} (RFC 9112 7.1.1), octet by octet, and
 * bounds what all chunks of a body together may spend on it.
 */
final class ChunkExtensions {
    /** Nobody has a use for extensions; this many octets per body are looked at and thrown away, no more. */
    static final int MAX_BYTES = 16 * 1024;

    private enum State {
        /** Before a semicolon that must come: a blank has been seen, or nothing yet. */
        SEMICOLON,
        NAME_START,
        NAME,
        AFTER_NAME,
        VALUE_START,
        TOKEN,
        QUOTED,
        ESCAPED,
        AFTER_QUOTED
    }

    private State state = State.SEMICOLON;
    private int bytes;

    /** Takes the next octet; true when it is the CR that ends a well-formed list. */
    boolean endsWith(byte octet) {
        if (++bytes > MAX_BYTES) {
            throw Violation.badRequest("chunk extensions too long");
        }
        boolean complete = state == State.NAME || state == State.TOKEN || state == State.AFTER_QUOTED;
        if (octet == Ascii.CR && complete) {
            state = State.SEMICOLON;
            return true;
        }
        state = after(octet);
        return false;
    }

    private State after(byte octet) {
        boolean blank = octet == Ascii.SP || octet == Ascii.HTAB;
        return switch (state) {
            case SEMICOLON -> blank ? state : semicolon(octet);
            case NAME_START -> blank ? state : token(octet, State.NAME);
            case NAME, AFTER_NAME -> blank ? State.AFTER_NAME : inOrAfterName(octet);
            case VALUE_START -> blank ? state : octet == '"' ? State.QUOTED : token(octet, State.TOKEN);
            case TOKEN -> blank ? State.SEMICOLON : octet == ';' ? State.NAME_START : token(octet, State.TOKEN);
            case QUOTED -> inQuotes(octet);
            case ESCAPED -> fieldOctet(octet);
            case AFTER_QUOTED -> blank ? State.SEMICOLON : semicolon(octet);
        };
    }

    private State inOrAfterName(byte octet) {
        if (octet == '=') {
            return State.VALUE_START;
        }
        if (octet == ';') {
            return State.NAME_START;
        }
        return state == State.NAME ? token(octet, State.NAME) : refuse();
    }

    private static State inQuotes(byte octet) {
        return switch (octet) {
            case '"' -> State.AFTER_QUOTED;
            case '\\' -> State.ESCAPED;
            default -> fieldOctet(octet);
        };
    }

    private static State fieldOctet(byte octet) {
        return Ascii.isFieldValueOctet(octet) ? State.QUOTED : refuse();
    }

    private static State semicolon(byte octet) {
        return octet == ';' ? State.NAME_START : refuse();
    }

    private static State token(byte octet, State next) {
        return Ascii.isTchar(octet) ? next : refuse();
    }

    private static State refuse() {
        throw Violation.badRequest("malformed chunk extension");
    }
}
