package io.lws.http.proxy;

import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpRequest;
import io.lws.http.HttpResponse;
import io.lws.http.HttpVersion;
import io.lws.http.RequestHeaders;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields pass (RFC 9110 7.6.1), and what the origin is told about who asks (RFC 7239). */
final class ProxyFields {
    /** Of one connection only, or written anew for each. */
    private static final Set<String> NEVER_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length",
            "host",
            "expect",
            "date");

    private static final String HOPS = "max-forwards";
    private static final int NOT_COUNTED = -1;

    private static final Set<String> TOLD_ANEW =
            Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "via", "cookie", HOPS);

    private static final String PSEUDONYM = " lws";

    private ProxyFields() {}

    /** The fields of a request as the origin gets them. */
    static Headers toOrigin(HttpRequest request, @Nullable SocketAddress client, boolean secure) {
        Headers.Builder passed = Headers.builder();
        copy(request, TOLD_ANEW, null, passed);
        copyCookies(request, passed);
        String address = address(client);
        String proto = secure ? "https" : "http";
        passed.add("X-Forwarded-For", appended(request, "x-forwarded-for", address.isEmpty() ? "unknown" : address));
        passed.add("X-Forwarded-Proto", proto);
        String host = request.authority();
        if (!host.isEmpty()) {
            passed.add("X-Forwarded-Host", host);
        }
        String node = address.isEmpty() ? "unknown" : address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
        String told = "for=" + node + ";proto=" + proto + (host.isEmpty() ? "" : ";host=\"" + host + "\"");
        passed.add("Forwarded", appended(request, "forwarded", told));
        passed.add("Via", appended(request, "via", via(request.version())));
        String hops = request.header(HOPS);
        int left = hopsLeft(request);
        if (hops != null) {
            passed.add("Max-Forwards", left == NOT_COUNTED ? hops : Integer.toString(left - 1));
        }
        return passed.build();
    }

    /** The fields of a response as the client gets them. */
    static Headers toClient(HttpResponse response, ProxyOrigin origin) {
        Headers.Builder passed = Headers.builder();
        copy(response, Set.of("via"), origin, passed);
        if (response.contentLength() < 0) {
            response.headers("trailer").forEach(names -> passed.add("Trailer", names));
        }
        return passed.add("Via", appended(response, "via", via(response.version())))
                .build();
    }

    /** In which version a message came, and who it came to. */
    private static String via(HttpVersion received) {
        String name = received.toString();
        return name.substring(name.indexOf('/') + 1) + PSEUDONYM;
    }

    /** How often a request may still be passed on (RFC 9110 7.6.2); negative where that is not counted. */
    static int hopsLeft(HttpRequest request) {
        boolean counted = request.method() == HttpMethod.OPTIONS || request.method() == HttpMethod.TRACE;
        String hops = counted ? request.header(HOPS) : null;
        return hops != null && hops.matches("[0-9]{1,9}") ? Integer.parseInt(hops) : NOT_COUNTED;
    }

    /** The fields behind a response's content as the client gets them. */
    static Headers trailers(Headers trailers) {
        Headers.Builder passed = Headers.builder();
        for (int i = 0; i < trailers.size(); i++) {
            if (!NEVER_PASSED.contains(trailers.name(i))) {
                passed.add(trailers.name(i), trailers.value(i), trailers.isSecret(i));
            }
        }
        return passed.build();
    }

    /** What leads somewhere leads there as seen from here, for those who are before the {@code origin}. */
    private static void copy(RequestHeaders from, Set<String> but, @Nullable ProxyOrigin origin, Headers.Builder to) {
        Set<String> named = namedInConnection(from);
        for (int i = 0; i < from.headerCount(); i++) {
            String name = from.headerName(i);
            if (!NEVER_PASSED.contains(name) && !but.contains(name) && !named.contains(name)) {
                String value = from.headerValue(i);
                boolean leads = name.equals("location") || name.equals("content-location");
                to.add(name, leads && origin != null ? origin.location(value) : value, from.isHeaderSecret(i));
            }
        }
    }

    /** HTTP/2 may cut it into crumbs, which nobody else knows (RFC 9113 8.2.3). */
    private static void copyCookies(RequestHeaders from, Headers.Builder to) {
        String cookies = from.header("cookie");
        if (cookies != null && !namedInConnection(from).contains("cookie")) {
            to.add("Cookie", cookies);
        }
    }

    /** In lower case. */
    static Set<String> namedInConnection(RequestHeaders from) {
        Set<String> named = new HashSet<>();
        for (String line : from.headers("connection")) {
            for (String each : line.split(",")) {
                named.add(each.strip().toLowerCase(Locale.ROOT));
            }
        }
        return named;
    }

    private static String appended(RequestHeaders to, String name, String value) {
        String before = to.header(name);
        return before == null || before.isEmpty() ? value : before + ", " + value;
    }

    /** Without port and scope; empty where there is none, as on a unix socket. */
    private static String address(@Nullable SocketAddress client) {
        if (!(client instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return "";
        }
        String text = inet.getAddress().getHostAddress();
        int scope = inet.getAddress() instanceof Inet6Address ? text.indexOf('%') : -1;
        return scope < 0 ? text : text.substring(0, scope);
    }
}
