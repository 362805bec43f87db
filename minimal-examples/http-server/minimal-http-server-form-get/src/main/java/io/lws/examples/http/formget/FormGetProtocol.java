package io.lws.examples.http.formget;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.QueryParams;

/** Lists the arguments of the URL, a line each. */
final class FormGetProtocol implements HttpProtocol<Void> {
    FormGetProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public void onRequest(HttpTransaction<Void> http) {
        QueryParams params = http.request().target().queryParams();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < params.size(); i++) {
            text.append(params.name(i)).append(" = ").append(params.value(i)).append('\n');
        }
        http.respond(200, "text/plain;charset=utf-8", text.toString());
    }
}
