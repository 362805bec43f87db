package io.lws.examples.http.mounts;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Cookies;
import io.lws.http.Headers;
import io.lws.http.HttpInterceptor;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.http.SetCookie;
import java.nio.charset.StandardCharsets;

/** Stands before other mounts: lets those pass who have its cookie, which it gives to all who knock. */
final class DoorProtocol implements HttpProtocol<Void>, HttpInterceptor {
    DoorProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public boolean maySee(HttpRequest request, Mount mount) {
        return "open".equals(Cookies.get(request, "door"));
    }

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        if (http.request().path().equals("/door")) {
            Headers cookie =
                    Headers.of("Set-Cookie", SetCookie.of("door", "open").toString());
            http.respond(200, cookie, "come in\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            http.respond(401, "text/plain", "knock at /door first\n");
        }
    }
}
