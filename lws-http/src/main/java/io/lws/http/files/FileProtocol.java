package io.lws.http.files;

import io.lws.CloseInfo;
import io.lws.http.ErrorPage;
import io.lws.http.Headers;
import io.lws.http.HttpDate;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.Preconditions;
import io.lws.http.files.Resolution.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Serves a file mount: GET and HEAD, conditional requests, sendfile where the transport can. One per loop. */
public final class FileProtocol implements HttpProtocol<FileProtocol.Pss> {
    private static final Headers ALLOW = Headers.of("Allow", "GET, HEAD");

    private final Mount mount;
    private final FileResolver resolver;

    /** What is being sent. */
    static final class Pss {
        @Nullable
        FileChannel file;

        long at;
        long endBytes;

        private Pss() {}
    }

    /** {@link IllegalArgumentException} when the mount's origin is not a directory. */
    public FileProtocol(Mount mount) {
        this.mount = mount;
        resolver = new FileResolver(mount);
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        HttpMethod method = http.request().method();
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            refuse(http, HttpStatus.METHOD_NOT_ALLOWED, ALLOW);
            return;
        }
        Resolution resolution = resolver.resolve(http.request().path());
        if (resolution instanceof Found found) {
            serve(http, found);
        } else if (resolution instanceof Resolution.Redirect redirect) {
            String query = http.request().target().query();
            String location = query == null ? redirect.location() : redirect.location() + "?" + query;
            http.respond(HttpStatus.MOVED_PERMANENTLY, Headers.of("Location", location), new byte[0]);
        } else {
            refuse(http, HttpStatus.NOT_FOUND, Headers.EMPTY);
        }
    }

    private static void refuse(HttpTransaction<Pss> http, int status, Headers more) {
        Headers headers =
                more.toBuilder().add("Content-Type", ErrorPage.CONTENT_TYPE).build();
        http.respond(status, headers, ErrorPage.html(status, ""));
    }

    private void serve(HttpTransaction<Pss> http, Found found) {
        HttpRequest request = http.request();
        long nowEpochSecond = Math.floorDiv(System.currentTimeMillis(), 1000L);
        switch (Preconditions.evaluate(
                request.method(), request, found.etag(), found.modifiedEpochSecond(), nowEpochSecond)) {
            case NOT_MODIFIED -> http.respond(HttpStatus.NOT_MODIFIED, headers(found), new byte[0]);
            case FAILED -> refuse(http, HttpStatus.PRECONDITION_FAILED, Headers.EMPTY);
            case PROCEED -> send(http, found);
        }
    }

    private Headers headers(Found found) {
        return mount.headers().toBuilder()
                .add("Content-Type", found.contentType())
                .add("Last-Modified", HttpDate.format(found.modifiedEpochSecond()))
                .add("ETag", found.etag().toString())
                .add("Cache-Control", mount.cacheControl())
                .build();
    }

    private void send(HttpTransaction<Pss> http, Found found) {
        Pss pss = http.pss();
        try {
            if (http.request().method() != HttpMethod.HEAD) {
                pss.file = found.open();
                pss.endBytes = found.lengthBytes();
            }
        } catch (IOException e) {
            refuse(http, HttpStatus.NOT_FOUND, Headers.EMPTY);
            return;
        }
        http.start(HttpStatus.OK, headers(found), found.lengthBytes());
        http.requestWriteable();
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        Pss pss = http.pss();
        try {
            while (pss.file != null && pss.at < pss.endBytes && tx.isReady()) {
                long sent = tx.transferFrom(pss.file, pss.at, pss.endBytes - pss.at);
                if (sent == 0 && tx.isReady()) {
                    http.abort(); // the file has become shorter: only the end of the connection can say so
                    return;
                }
                pss.at += sent;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (pss.at < pss.endBytes) {
            http.requestWriteable();
        } else {
            tx.finish();
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        FileChannel file = http.pss().file;
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
