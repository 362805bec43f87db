package io.lws.plugins.post;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.form.FormFile;
import io.lws.http.form.FormHandler;
import io.lws.http.form.FormLimits;
import io.lws.http.form.FormReader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells what a form held: the value of each field, and of each file its name, type, length and SHA-256. */
final class PostDemoProtocol implements HttpProtocol<PostDemoProtocol.Pss> {
    static final class Pss implements FormHandler {
        final StringBuilder lines = new StringBuilder();
        private final MessageDigest digest = sha256();
        private long octets;

        @Nullable
        FormReader reader;

        @Override
        public void onField(String name, String value) {
            lines.append(name).append(" = ").append(value).append('\n');
        }

        @Override
        public void onFileStart(FormFile file) {
            octets = 0;
        }

        @Override
        public void onFileContent(FormFile file, ByteBuffer content) {
            octets += content.remaining();
            digest.update(content);
        }

        @Override
        public void onFileEnd(FormFile file) {
            lines.append(file.field())
                    .append(" = ")
                    .append(file.safeName())
                    .append(", ")
                    .append(file.contentType())
                    .append(", ")
                    .append(octets)
                    .append(" octets, sha256 ")
                    .append(HexFormat.of().formatHex(digest.digest()))
                    .append('\n');
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final FormLimits limits;

    PostDemoProtocol(Vhost vhost, ProtocolOptions options) {
        limits = vhost.option(FormLimits.class, FormLimits.DEFAULT);
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (http.request().method() == HttpMethod.POST) {
            http.pss().reader = FormReader.of(http.request().header("content-type"), limits, http.pss());
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
