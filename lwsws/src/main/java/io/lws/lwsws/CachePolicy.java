package io.lws.lwsws;

/**
 * The five {@code cache-} keys of a mount as lws combines them into one {@code cache-control}. A mount with none of them
 * keeps what the library does by itself: clients keep files and ask each time whether they are still good.
 */
final class CachePolicy {
    private int maxAgeSeconds;
    private boolean given;
    private boolean reuse;
    private boolean revalidate;
    private boolean no;
    private boolean intermediaries;

    void maxAgeSeconds(int seconds) {
        given = true;
        maxAgeSeconds = seconds;
    }

    void reuse(boolean value) {
        given = true;
        reuse = value;
    }

    void revalidate(boolean value) {
        given = true;
        revalidate = value;
    }

    void no(boolean value) {
        given = true;
        no = value;
    }

    void intermediaries(boolean value) {
        given = true;
        intermediaries = value;
    }

    /** Whether any of the keys was there. */
    boolean isGiven() {
        return given;
    }

    /** The value of {@code cache-control}. */
    String cacheControl() {
        if (no) {
            return "no-cache";
        }
        if (!reuse || maxAgeSeconds == 0) {
            return "no-store";
        }
        String who = intermediaries ? "public" : "private";
        return (revalidate ? "must-revalidate, " : "") + who + ", max-age=" + maxAgeSeconds;
    }
}
