package io.lws.plugins.mirror;

import java.nio.ByteBuffer;

/**
 * The grammar of a message: {@code 1*( command ";" )}, where a command is a segment, a circle or {@code clear}. Reads
 * bytes, knows nothing of who sent them. Stateless.
 */
final class Drawing {
    private static final byte[] CLEAR = {'c', 'l', 'e', 'a', 'r'};
    private static final int COLOUR_DIGITS = 6;
    private static final int COORDINATE_DIGITS = 4;
    private static final int WIDTH_DIGITS = 2;

    private Drawing() {}

    /** Takes the malformed commands out of {@code message}, which is compacted in place; answers how many there were. */
    static int purge(ByteBuffer message) {
        int dropped = 0;
        int kept = message.position();
        for (int from = message.position(); from < message.limit(); ) {
            int to = end(message, from);
            int next = Math.min(to + 1, message.limit());
            if (isCommand(message, from, to)) {
                for (int i = from; i < next; i++) {
                    message.put(kept++, message.get(i));
                }
            } else {
                dropped++;
            }
            from = next;
        }
        message.limit(kept);
        return dropped;
    }

    /** Whether all of {@code message} is well formed. */
    static boolean isClean(ByteBuffer message) {
        for (int from = message.position(); from < message.limit(); ) {
            int to = end(message, from);
            if (!isCommand(message, from, to)) {
                return false;
            }
            from = to + 1;
        }
        return message.hasRemaining();
    }

    /** Whether the board is empty after the last command of a well-formed message. */
    static boolean endsWithClear(ByteBuffer message) {
        int to = message.limit();
        if (to > message.position() && message.get(to - 1) == ';') {
            to--;
        }
        int from = to - CLEAR.length;
        return from >= message.position() && isClear(message, from, to);
    }

    private static int end(ByteBuffer message, int from) {
        int at = from;
        while (at < message.limit() && message.get(at) != ';') {
            at++;
        }
        return at;
    }

    private static boolean isCommand(ByteBuffer message, int from, int to) {
        if (isClear(message, from, to)) {
            return true;
        }
        if (to - from < 2 || message.get(from + 1) != ' ') {
            return false;
        }
        return switch (message.get(from)) {
            case 'd' -> fields(message, from + 2, to, 4);
            case 'c' -> fields(message, from + 2, to, 3);
            default -> false;
        };
    }

    private static boolean isClear(ByteBuffer message, int from, int to) {
        if (to - from != CLEAR.length) {
            return false;
        }
        for (int i = 0; i < CLEAR.length; i++) {
            if (message.get(from + i) != CLEAR[i]) {
                return false;
            }
        }
        return true;
    }

    /** A colour, {@code count} numbers, and perhaps a width. Of a circle's three numbers the last has no sign. */
    private static boolean fields(ByteBuffer message, int from, int to, int count) {
        int at = colour(message, from, to);
        for (int i = 0; i < count && at > 0; i++) {
            boolean signed = count == 4 || i < 2;
            int digits = afterBlank(message, at, to);
            at = number(message, signed ? afterSign(message, digits, to) : digits, to, COORDINATE_DIGITS);
        }
        if (at > 0 && at < to) {
            at = number(message, afterBlank(message, at, to), to, WIDTH_DIGITS);
        }
        return at == to;
    }

    // ---- each answers where it ended, or -1

    private static int colour(ByteBuffer message, int from, int to) {
        if (to - from <= COLOUR_DIGITS || message.get(from) != '#') {
            return -1;
        }
        for (int i = 1; i <= COLOUR_DIGITS; i++) {
            if (Character.digit(message.get(from + i), 16) < 0) {
                return -1;
            }
        }
        return from + 1 + COLOUR_DIGITS;
    }

    private static int afterBlank(ByteBuffer message, int at, int to) {
        return at < to && message.get(at) == ' ' ? at + 1 : -1;
    }

    private static int afterSign(ByteBuffer message, int at, int to) {
        return at >= 0 && at < to && message.get(at) == '-' ? at + 1 : at;
    }

    private static int number(ByteBuffer message, int from, int to, int mostDigits) {
        int at = from;
        while (at >= 0 && at < to && at - from < mostDigits && isDigit(message.get(at))) {
            at++;
        }
        return at > from ? at : -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
