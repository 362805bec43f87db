package io.lws.http.h2;

/**
 * A stream's place among the others (RFC 9218 4), as its {@code priority} field or a PRIORITY_UPDATE says. Where nothing
 * is said the streams share.
 */
final class StreamPriority {
    static final int LEVELS = 8;
    private static final int DEFAULT_URGENCY = 3;

    private int urgency = DEFAULT_URGENCY;
    private boolean incremental = true;

    /** 0 is served first. */
    int urgency() {
        return urgency;
    }

    /** Whether it shares with its equals, as opposed to going out whole. */
    boolean isIncremental() {
        return incremental;
    }

    /** Reads {@code u=1, i}; what it does not understand changes nothing (RFC 9218 4). */
    void read(String field) {
        int urgencyNow = DEFAULT_URGENCY;
        boolean incrementalNow = false;
        for (String member : field.split(",", LEVELS)) {
            String text = member.strip();
            if (text.length() == 3 && text.startsWith("u=") && text.charAt(2) >= '0' && text.charAt(2) < '0' + LEVELS) {
                urgencyNow = text.charAt(2) - '0';
            } else if (text.equals("i") || text.equals("i=?1")) {
                incrementalNow = true;
            }
        }
        urgency = urgencyNow;
        incremental = incrementalNow;
    }
}
