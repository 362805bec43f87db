package io.lws.http;

import org.jspecify.annotations.Nullable;

/** Evaluation of conditional requests in the order RFC 9110 13.2.2 demands. */
public final class Preconditions {
    /** What a conditional request comes to. */
    public enum Outcome {
        /** Answer as if no condition had been sent. */
        PROCEED,
        /** 304, with the fields a 200 would have had, without content. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    private Preconditions() {}

    /**
     * @param etag of what is there now, null when it has none
     * @param modifiedEpochSecond last change of what is there now, {@link HttpDate#INVALID} when not known
     */
    public static Outcome evaluate(
            HttpMethod method,
            RequestHeaders headers,
            @Nullable EntityTag etag,
            long modifiedEpochSecond,
            long nowEpochSecond) {
        String ifMatch = headers.header("if-match");
        if (ifMatch != null) {
            if (etag == null ? !ifMatch.equals("*") : !etag.matchesStrongly(ifMatch)) {
                return Outcome.FAILED;
            }
        } else if (isAfter(modifiedEpochSecond, headers.header("if-unmodified-since"), nowEpochSecond)) {
            return Outcome.FAILED;
        }
        return notModified(method, headers, etag, modifiedEpochSecond, nowEpochSecond);
    }

    /** Whether a Range field counts: there is no If-Range, or it names exactly what is there (RFC 9110 13.1.5). */
    public static boolean rangeApplies(
            RequestHeaders headers, @Nullable EntityTag etag, long modifiedEpochSecond, long nowEpochSecond) {
        String ifRange = headers.header("if-range");
        if (ifRange == null) {
            return true;
        }
        if (ifRange.startsWith("\"") || ifRange.startsWith("W/")) {
            return etag != null && etag.matchesStrongly(ifRange);
        }
        long date = HttpDate.parse(ifRange, nowEpochSecond);
        // a file written within the last second may change again without its date doing so
        return date != HttpDate.INVALID && date == modifiedEpochSecond && nowEpochSecond > modifiedEpochSecond + 1;
    }

    private static Outcome notModified(
            HttpMethod method,
            RequestHeaders headers,
            @Nullable EntityTag etag,
            long modifiedEpochSecond,
            long nowEpochSecond) {
        boolean read = method == HttpMethod.GET || method == HttpMethod.HEAD;
        String ifNoneMatch = headers.header("if-none-match");
        if (ifNoneMatch != null) {
            boolean same = etag == null ? ifNoneMatch.equals("*") : etag.matchesWeakly(ifNoneMatch);
            if (!same) {
                return Outcome.PROCEED;
            }
            return read ? Outcome.NOT_MODIFIED : Outcome.FAILED;
        }
        String since = read ? headers.header("if-modified-since") : null;
        if (since == null || modifiedEpochSecond == HttpDate.INVALID) {
            return Outcome.PROCEED;
        }
        return isNotAfter(modifiedEpochSecond, since, nowEpochSecond) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }

    private static boolean isAfter(long modifiedEpochSecond, @Nullable String date, long nowEpochSecond) {
        long limit = date == null ? HttpDate.INVALID : HttpDate.parse(date, nowEpochSecond);
        return limit != HttpDate.INVALID && modifiedEpochSecond > limit;
    }

    private static boolean isNotAfter(long modifiedEpochSecond, String date, long nowEpochSecond) {
        long limit = HttpDate.parse(date, nowEpochSecond);
        return limit != HttpDate.INVALID && modifiedEpochSecond <= limit;
    }
}
