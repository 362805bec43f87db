package io.lws.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be done with an answer later, in the terms of a mount of lws. Immutable; each method returns a changed copy.
 * {@link #NEVER} forbids keeping it at all.
 */
public final class CachePolicy {
    /** Nobody keeps it (RFC 9111 5.2.2.5). */
    public static final CachePolicy NEVER = new CachePolicy(Duration.ZERO, Keep.NO, Ask.EACH_TIME, Who.CLIENT);

    private enum Keep {
        YES,
        NO
    }

    private enum Ask {
        EACH_TIME,
        WHEN_STALE_STRICTLY,
        WHEN_STALE
    }

    private enum Who {
        CLIENT,
        ANYBODY
    }

    private final Duration maxAge;
    private final Keep keep;
    private final Ask ask;
    private final Who who;

    private CachePolicy(Duration maxAge, Keep keep, Ask ask, Who who) {
        this.maxAge = maxAge;
        this.keep = keep;
        this.ask = ask;
        this.who = who;
    }

    /** The client may use it again that long, and no cache between us and it may (lws: cache-max-age, cache-reuse). */
    public static CachePolicy maxAge(Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative, is " + maxAge);
        }
        return new CachePolicy(maxAge, Keep.YES, Ask.WHEN_STALE, Who.CLIENT);
    }

    /** Not to be used without asking when it is too old, whatever happens (lws: cache-revalidate). */
    public CachePolicy mustRevalidate() {
        return new CachePolicy(maxAge, keep, Ask.WHEN_STALE_STRICTLY, who);
    }

    /** To be kept, but to be asked for each time (lws: cache-no). */
    public CachePolicy noCache() {
        return new CachePolicy(maxAge, keep, Ask.EACH_TIME, who);
    }

    /** Caches between us and the client may keep it too (lws: cache-intermediaries). */
    public CachePolicy intermediaries() {
        return new CachePolicy(maxAge, keep, ask, Who.ANYBODY);
    }

    /** Value of Cache-Control. */
    public String cacheControl() {
        if (keep == Keep.NO) {
            return "no-store";
        }
        List<String> directives = new ArrayList<>();
        switch (ask) {
            case EACH_TIME -> directives.add("no-cache");
            case WHEN_STALE_STRICTLY -> directives.add("must-revalidate");
            case WHEN_STALE -> {}
        }
        if (ask != Ask.EACH_TIME) {
            directives.add("max-age=" + maxAge.toSeconds());
        }
        directives.add(who == Who.ANYBODY ? "public" : "private");
        return String.join(", ", directives);
    }

    @Override
    public String toString() {
        return cacheControl();
    }
}
