package io.lws.http;

/** Answers every request of a redirect mount: 301 to where the mount says. */
final class RedirectProtocol implements HttpProtocol<Void> {
    static final RedirectProtocol INSTANCE = new RedirectProtocol();

    private RedirectProtocol() {}

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        Mount mount = http.mount();
        Headers headers = Headers.of("Location", mount.location(http.request().target()));
        http.respond(HttpStatus.MOVED_PERMANENTLY, headers, new byte[0]);
    }
}
