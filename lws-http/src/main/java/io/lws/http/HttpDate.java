package io.lws.http;

import java.nio.charset.StandardCharsets;

/**
 * Dates of RFC 9110 5.6.7 as seconds since 1970-01-01T00:00:00Z. Writes the fixed-length form, reads all three:
 * {@code Sun, 06 Nov 1994 08:49:37 GMT}, {@code Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov  6 08:49:37 1994}.
 */
public final class HttpDate {
    /** What {@link #parse} returns for text that is not a date. */
    public static final long INVALID = Long.MIN_VALUE;

    /** Length of the form that is written. */
    public static final int BYTES = 29;

    private static final String DAYS = "ThuFriSatSunMonTueWed"; // the epoch was a Thursday
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int DAY_SECONDS = 86_400;

    private HttpDate() {}

    public static String format(long epochSecond) {
        byte[] bytes = new byte[BYTES];
        write(epochSecond, bytes, 0);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Writes the {@value #BYTES} bytes of the date from {@code at}; for years 0 to 9999. Allocates nothing. */
    public static void write(long epochSecond, byte[] out, int at) {
        long epochDay = Math.floorDiv(epochSecond, DAY_SECONDS);
        int second = Math.floorMod(epochSecond, DAY_SECONDS);
        int civil = civil(epochDay);
        ascii(DAYS, Math.floorMod(epochDay, 7) * 3, out, at);
        out[at + 3] = ',';
        out[at + 4] = ' ';
        twoDigits(civil & 0x1f, out, at + 5);
        out[at + 7] = ' ';
        ascii(MONTHS, ((civil >> 5 & 0xf) - 1) * 3, out, at + 8);
        out[at + 11] = ' ';
        twoDigits((civil >> 9) / 100, out, at + 12);
        twoDigits((civil >> 9) % 100, out, at + 14);
        out[at + 16] = ' ';
        twoDigits(second / 3600, out, at + 17);
        out[at + 19] = ':';
        twoDigits(second / 60 % 60, out, at + 20);
        out[at + 22] = ':';
        twoDigits(second % 60, out, at + 23);
        out[at + 25] = ' ';
        out[at + 26] = 'G';
        out[at + 27] = 'M';
        out[at + 28] = 'T';
    }

    /** Seconds since the epoch, or {@link #INVALID}. {@code nowEpochSecond} decides the century of a two-digit year. */
    public static long parse(String text, long nowEpochSecond) {
        int comma = text.indexOf(',');
        if (comma == 3) {
            return text.length() == BYTES && text.endsWith(" GMT")
                    ? of(number(text, 12, 4), month(text, 8), number(text, 5, 2), text, 17)
                    : INVALID;
        }
        if (comma > 3) {
            return rfc850(text, comma + 2, nowEpochSecond);
        }
        return text.length() == 24 ? asctime(text) : INVALID;
    }

    private static long asctime(String text) {
        int day = text.charAt(8) == ' ' ? number(text, 9, 1) : number(text, 8, 2);
        return of(number(text, 20, 4), month(text, 4), day, text, 11);
    }

    private static long rfc850(String text, int at, long nowEpochSecond) {
        if (text.length() != at + 22 || !text.endsWith(" GMT")) {
            return INVALID;
        }
        int thisYear = civil(Math.floorDiv(nowEpochSecond, DAY_SECONDS)) >> 9;
        int twoDigits = number(text, at + 7, 2);
        int year = twoDigits < 0 ? -1 : thisYear - thisYear % 100 + twoDigits;
        return of(year > thisYear + 50 ? year - 100 : year, month(text, at + 3), number(text, at, 2), text, at + 10);
    }

    private static long of(int year, int month, int day, String text, int timeAt) {
        int hour = number(text, timeAt, 2);
        int minute = number(text, timeAt + 3, 2);
        int second = number(text, timeAt + 6, 2);
        boolean separated = text.charAt(timeAt + 2) == ':' && text.charAt(timeAt + 5) == ':';
        if (!separated || year < 0 || month < 1 || day < 1 || day > 31 || hour < 0 || minute < 0 || second < 0) {
            return INVALID;
        }
        if (hour > 23 || minute > 59 || second > 60) {
            return INVALID;
        }
        long epochDay = epochDay(year, month, day);
        boolean exists = (civil(epochDay) & 0x1f) == day; // 31 April rolls over to 1 May
        return exists ? epochDay * DAY_SECONDS + hour * 3600L + minute * 60L + second : INVALID;
    }

    /** Year &lt;&lt; 9 | month &lt;&lt; 5 | day. Days are counted from 1 March 0000, so that leap days end a cycle. */
    private static int civil(long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        return year << 9 | month << 5 | day;
    }

    private static long epochDay(int year, int month, int day) {
        int marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400);
        int yearOfEra = Math.floorMod(marchYear, 400);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static int month(String text, int at) {
        int index = MONTHS.indexOf(text.substring(at, at + 3));
        return index % 3 == 0 ? index / 3 + 1 : -1;
    }

    /** The number of exactly so many digits, or -1. */
    private static int number(String text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static void twoDigits(int value, byte[] out, int at) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }

    private static void ascii(String text, int from, byte[] out, int at) {
        for (int i = 0; i < 3; i++) {
            out[at + i] = (byte) text.charAt(from + i);
        }
    }
}
