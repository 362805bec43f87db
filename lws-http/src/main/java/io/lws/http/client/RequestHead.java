package io.lws.http.client;

import io.lws.http.Headers;
import io.lws.http.wire.WireRequest;
import io.lws.net.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes of what is asked for what is sent: fields of the client's own where the request has none. */
final class RequestHead {
    private RequestHead() {}

    static WireRequest of(HttpClient client, ClientRequest request) {
        HttpTarget target = request.target();
        Proxy proxy = forwarding(client.proxy(), request);
        RequestBody body = request.body();
        return new WireRequest(
                request.method(),
                target.scheme(),
                request.authority(),
                proxy == null ? target.pathAndQuery() : target.toString(),
                request.isTargetSecret(),
                headers(client, request, proxy),
                body == null ? WireRequest.NO_BODY : body.lengthBytes(),
                request.upgrade(),
                request.credit());
    }

    /** The proxy that is handed the request itself, not asked for a tunnel. */
    private static @Nullable Proxy forwarding(@Nullable Proxy proxy, ClientRequest request) {
        boolean forwards = proxy != null
                && proxy.kind() != Proxy.Kind.SOCKS5
                && request.unixSocket() == null
                && !request.target().isSecure();
        return forwards ? proxy : null;
    }

    private static Headers headers(HttpClient client, ClientRequest request, @Nullable Proxy proxy) {
        Headers own = request.headers();
        Headers.Builder all = own.toBuilder();
        RequestBody body = request.body();
        if (body != null && !body.contentType().isEmpty()) {
            addMissing(all, own, "Content-Type", body.contentType());
        }
        if (request.expect() == ClientRequest.Expect.CONTINUE) {
            all.add("Expect", "100-continue");
        }
        if (proxy != null && proxy.credentials() != null) {
            all.add("Proxy-Authorization", Credentials.of(proxy.credentials()).basic());
        }
        if (!request.authorization().isEmpty()) {
            addMissing(all, own, "Authorization", request.authorization());
        }
        CookieJar jar = client.cookies();
        String cookies = jar == null ? "" : jar.header(request.target());
        if (!cookies.isEmpty()) {
            addMissing(all, own, "Cookie", cookies);
        }
        if (request.isDecoded()) {
            all.add("Accept-Encoding", Decoding.offered());
        }
        if (!client.userAgent().isEmpty()) {
            addMissing(all, own, "User-Agent", client.userAgent());
        }
        return all.build();
    }

    private static void addMissing(Headers.Builder all, Headers own, String name, String value) {
        if (own.get(name) == null) {
            all.add(name, value);
        }
    }
}
