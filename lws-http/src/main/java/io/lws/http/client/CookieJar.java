package io.lws.http.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Keeps cookies (RFC 6265), and reads and writes them in the form of Netscape's file that curl uses too. At most 50 for
 * a domain and 3000 in all; the oldest go. Any thread.
 */
public final class CookieJar {
    private static final int MAX_PER_DOMAIN = 50;
    private static final int MAX_COOKIES = 3000;
    private static final String HTTP_ONLY = "#HttpOnly_";

    private final LongSupplier epochSeconds;
    /** The oldest first. */
    private final List<Cookie> cookies = new ArrayList<>();

    public CookieJar() {
        this(() -> System.currentTimeMillis() / 1000);
    }

    /** With a clock of one's own, for tests. */
    CookieJar(LongSupplier epochSeconds) {
        this.epochSeconds = epochSeconds;
    }

    /** Takes the lines of Set-Cookie in a response to {@code target}. */
    synchronized void store(HttpTarget target, List<String> lines) {
        long now = epochSeconds.getAsLong();
        for (String line : lines) {
            Cookie cookie = Cookie.parse(line, target, now);
            if (cookie != null && (target.isSecure() || !isShadow(cookie, now))) {
                put(cookie, now);
            }
        }
    }

    /** Of one that only TLS may set: whoever listens in could else choose what the site takes for its own. */
    private boolean isShadow(Cookie cookie, long now) {
        return cookies.stream().anyMatch(each -> !each.isExpired(now) && each.isShieldedFrom(cookie));
    }

    private void put(Cookie cookie, long now) {
        cookies.removeIf(each -> each.isSame(cookie) || each.isExpired(now));
        if (cookie.isExpired(now)) {
            return;
        }
        List<Cookie> there = cookies.stream()
                .filter(each -> each.domain().equals(cookie.domain()))
                .toList();
        if (there.size() >= MAX_PER_DOMAIN) {
            cookies.remove(there.get(0));
        }
        if (cookies.size() >= MAX_COOKIES) {
            cookies.remove(0);
        }
        cookies.add(cookie);
    }

    /** The value of Cookie for a request, longer paths first; empty when there is nothing to send. */
    synchronized String header(HttpTarget target) {
        long now = epochSeconds.getAsLong();
        return cookies.stream()
                .filter(each -> !each.isExpired(now) && each.isFor(target))
                .sorted(Comparator.comparingInt((Cookie each) -> each.path().length())
                        .reversed())
                .map(each -> each.name() + "=" + each.value())
                .collect(Collectors.joining("; "));
    }

    public synchronized int size() {
        return cookies.size();
    }

    public synchronized void clear() {
        cookies.clear();
    }

    /** Adds the cookies in a Netscape cookie file; lines that are none are passed over. */
    public synchronized void load(Path file) throws IOException {
        long now = epochSeconds.getAsLong();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            boolean httpOnly = line.startsWith(HTTP_ONLY);
            String[] fields = (httpOnly ? line.substring(HTTP_ONLY.length()) : line).split("\t", -1);
            boolean cookie = fields.length == 7 && fields[4].matches("[0-9]{1,18}");
            if (cookie && !line.startsWith("# ") && isSendable(fields[5] + fields[6])) {
                put(read(fields, httpOnly ? Cookie.Access.HTTP_ONLY : Cookie.Access.ALL), now);
            }
        }
    }

    private static boolean isSendable(String pair) {
        return pair.chars().allMatch(c -> c >= ' ' && c != 0x7f && c <= 0xff);
    }

    private static Cookie read(String[] fields, Cookie.Access access) {
        String domain = fields[0].startsWith(".") ? fields[0].substring(1) : fields[0];
        return new Cookie(
                domain.toLowerCase(Locale.ROOT),
                fields[1].equals("TRUE") ? Cookie.Scope.SUBDOMAINS_TOO : Cookie.Scope.HOST_ONLY,
                fields[2],
                fields[3].equals("TRUE") ? Cookie.Channel.SECURE_ONLY : Cookie.Channel.ANY,
                access,
                Long.parseLong(fields[4]),
                fields[5],
                fields[6]);
    }

    /** Writes all cookies as a Netscape cookie file, those of the session included. */
    public synchronized void save(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Netscape HTTP Cookie File");
        for (Cookie each : cookies) {
            boolean subdomains = each.scope() == Cookie.Scope.SUBDOMAINS_TOO;
            lines.add((each.access() == Cookie.Access.HTTP_ONLY ? HTTP_ONLY : "")
                    + String.join(
                            "\t",
                            (subdomains ? "." : "") + each.domain(),
                            flag(subdomains),
                            each.path(),
                            flag(each.channel() == Cookie.Channel.SECURE_ONLY),
                            Long.toString(each.expiresEpochSecond()),
                            each.name(),
                            each.value()));
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    private static String flag(boolean value) {
        return value ? "TRUE" : "FALSE";
    }
}
