package io.lws.http;

/** Stands where a mount names a protocol of another role, one that requests are upgraded to: plain ones find nothing. */
final class NotHttpProtocol implements HttpProtocol<Void> {
    static final NotHttpProtocol INSTANCE = new NotHttpProtocol();

    private NotHttpProtocol() {}

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        http.respondError(HttpStatus.NOT_FOUND, Headers.EMPTY, "");
    }
}
