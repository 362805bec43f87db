package io.lws.http.exchange;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Authority;
import io.lws.http.ErrorPage;
import io.lws.http.Headers;
import io.lws.http.HostCheck;
import io.lws.http.HttpMethod;
import io.lws.http.HttpRequest;
import io.lws.http.HttpSite;
import io.lws.http.HttpStatus;
import io.lws.http.RequestTarget;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the HTTP connections of one loop share, whatever their version: the sites, and where requests go. */
public final class HttpLoop {
    /** An answer that no protocol gives. {@code detail} is for the reader. */
    public record Refusal(int status, Headers headers, String detail) {
        private static final byte[] NOTHING = {};

        /** The page that is its content; empty where the status has none. */
        public byte[] page() {
            return HttpStatus.isBodiless(status) ? NOTHING : ErrorPage.html(status, detail);
        }

        /** Its headers, and the type of the page. */
        public Headers fields() {
            return HttpStatus.isBodiless(status)
                    ? headers
                    : headers.toBuilder()
                            .add("Content-Type", ErrorPage.CONTENT_TYPE)
                            .build();
        }
    }

    private static final Refusal NOT_FOUND = new Refusal(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
    private static final Refusal MISDIRECTED = new Refusal(HttpStatus.MISDIRECTED_REQUEST, Headers.EMPTY, "");
    /** To a request for a tunnel that is not to be had here. */
    public static final Refusal NO_TUNNELS = new Refusal(HttpStatus.NOT_IMPLEMENTED, Headers.EMPTY, "");
    /** To a request that announces more content than is taken. */
    public static final Refusal CONTENT_TOO_LARGE =
            new Refusal(HttpStatus.CONTENT_TOO_LARGE, Headers.EMPTY, "content longer than allowed");

    private static final Refusal NOTHING_TO_SAY = new Refusal(HttpStatus.NO_CONTENT, Headers.EMPTY, "");
    private static final Refusal HTTPS_ONLY =
            new Refusal(HttpStatus.BAD_REQUEST, Headers.EMPTY, "this port speaks HTTPS");

    private final Map<Vhost, HttpSite> sites = new HashMap<>();
    private final @Nullable CloseInfo[] answered = new @Nullable CloseInfo[1000];

    private HttpLoop(LoopNet net) {
        net.loop().atEnd(() -> sites.values().forEach(HttpSite::close));
    }

    public static HttpLoop of(LoopNet net) {
        return net.perLoop(HttpLoop.class, () -> new HttpLoop(net));
    }

    public HttpSite site(Vhost vhost) {
        return sites.computeIfAbsent(vhost, HttpSite::new);
    }

    /** The site of the vhost that is named in a request, else of the first. */
    public HttpSite site(VhostGroup vhosts, HttpRequest request, HttpSite first) {
        if (vhosts.vhosts().size() == 1) {
            return first;
        }
        return site(vhosts.byName(Authority.host(request.authority())));
    }

    /**
     * The answer to a request for a vhost which this connection may not be for (RFC 9110 section 15.5.20), or {@code null}
     * where it may be served.
     */
    public static @Nullable Refusal misdirected(VhostGroup vhosts, HttpRequest request) {
        boolean elsewhere = !vhosts.elsewhere().isEmpty() && vhosts.isElsewhere(Authority.host(request.authority()));
        return elsewhere || isStranger(vhosts, request) ? MISDIRECTED : null;
    }

    private static boolean isStranger(VhostGroup vhosts, HttpRequest request) {
        Vhost first = vhosts.first();
        if (first.option(HostCheck.class, HostCheck.NONE) != HostCheck.STRICT) {
            return false;
        }
        return !vhosts.names(Authority.host(request.authority()));
    }

    /** The answer to a request that no mount serves. */
    public static Refusal unrouted(HttpRequest request) {
        if (request.method() == HttpMethod.CONNECT) {
            return NO_TUNNELS;
        }
        return request.path().equals("*") ? NOTHING_TO_SAY : NOT_FOUND;
    }

    /** Plain text on a port of TLS, for which the vhost wants that clients come back with TLS (RFC 9110 15.4.9). */
    public static Refusal toHttps(HttpRequest request) {
        String authority = request.authority();
        if (authority.isEmpty()) {
            return HTTPS_ONLY;
        }
        RequestTarget target = request.target();
        String location = "https://" + authority + (target.form() == RequestTarget.Form.ORIGIN ? target.raw() : "/");
        return new Refusal(HttpStatus.PERMANENT_REDIRECT, Headers.of("Location", location), "");
    }

    /** How a transaction ends that was answered with that status; one value for all of them. */
    public CloseInfo answered(int status) {
        CloseInfo info = answered[status];
        if (info == null) {
            info = CloseInfo.local(status, "answered");
            answered[status] = info;
        }
        return info;
    }
}
