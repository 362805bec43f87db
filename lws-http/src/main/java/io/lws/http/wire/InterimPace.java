package io.lws.http.wire;

/**
 * How fast interim responses to one request may follow each other. Nothing of them is kept, so a series may be of any
 * length; what is bounded is how often an origin may have this side read one. Of its connection's loop.
 */
public final class InterimPace {
    private static final long SECOND_NS = 1_000_000_000L;

    private final int perSecond;
    private long sinceNs;
    private int count;

    public InterimPace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** One more has come; false where there are too many within a second. */
    public boolean allows(long nowNs) {
        if (count == 0 || nowNs - sinceNs >= SECOND_NS) {
            sinceNs = nowNs;
            count = 0;
        }
        return ++count <= perSecond;
    }

    /** What comes next is for another request. */
    public void startAnew() {
        count = 0;
    }
}
