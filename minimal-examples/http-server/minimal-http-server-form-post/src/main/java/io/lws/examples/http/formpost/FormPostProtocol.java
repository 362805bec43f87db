package io.lws.examples.http.formpost;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.form.FormHandler;
import io.lws.http.form.FormLimits;
import io.lws.http.form.FormReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Lists the fields of a form, a line each. */
final class FormPostProtocol implements HttpProtocol<FormPostProtocol.Pss> {
    static final class Pss implements FormHandler {
        final StringBuilder lines = new StringBuilder();

        @Nullable
        FormReader reader;

        @Override
        public void onField(String name, String value) {
            lines.append(name).append(" = ").append(value).append('\n');
        }
    }

    FormPostProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (http.request().method() == HttpMethod.POST) {
            http.pss().reader = FormReader.of(http.request().header("content-type"), FormLimits.DEFAULT, http.pss());
        } else {
            http.respondError(405, Headers.of("Allow", "POST"), "");
        }
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        if (http.pss().reader != null) {
            http.pss().reader.feed(rx);
        }
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        if (http.pss().reader != null) {
            http.pss().reader.end();
            http.respond(200, "text/plain;charset=utf-8", http.pss().lines.toString());
        }
    }
}
