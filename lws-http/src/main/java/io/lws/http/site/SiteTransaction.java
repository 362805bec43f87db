package io.lws.http.site;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.RequestIds;
import io.lws.http.coding.Compression;
import io.lws.http.coding.ContentCoding;
import io.lws.http.coding.ContentEncoder;
import io.lws.http.exchange.Switchable;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A transaction as the protocol of a mount sees it, on top of the real one. */
final class SiteTransaction<S extends @Nullable Object> implements HttpTransaction<S>, HttpTx, Switchable {
    private static final int FILE_STEP_BYTES = 64 << 10;
    private static final int CLIENT_WENT = 499;

    private final HttpTransaction<?> under;
    private final HttpProtocol<S> protocol;
    private final SiteServices services;
    private final @Nullable Compression compression;
    private final @Nullable String user;
    private final @Nullable String requestId;
    private final S pss;
    private final long beganNs;
    private @Nullable HttpTx tx;
    private @Nullable ContentEncoder encoder;
    private int status;
    private long sentBytes;

    private SiteTransaction(
            HttpTransaction<?> under,
            HttpProtocol<S> protocol,
            SiteServices services,
            @Nullable Compression compression,
            @Nullable String user) {
        this.under = under;
        this.protocol = protocol;
        this.services = services;
        this.compression = compression;
        this.user = user;
        beganNs = services.traffic() == null ? 0 : System.nanoTime();
        RequestIds ids = services.ids();
        requestId = ids == null ? null : ids.idFor(under.request().header(RequestIds.FIELD));
        pss = protocol.newPss();
    }

    static <S extends @Nullable Object> SiteTransaction<S> of(
            HttpTransaction<?> under,
            HttpProtocol<S> protocol,
            SiteServices services,
            @Nullable Compression compression,
            @Nullable String user) {
        return new SiteTransaction<>(under, protocol, services, compression, user);
    }

    // ---- callbacks on their way up

    void begin() {
        protocol.onRequest(this);
    }

    void body(ByteBuffer rx) {
        protocol.onBody(this, rx);
    }

    void bodyComplete() {
        protocol.onBodyComplete(this);
    }

    void writeable(HttpTx lent) {
        tx = lent;
        try {
            protocol.onWriteable(this, this);
        } finally {
            tx = null;
        }
    }

    void closed(CloseInfo info) {
        try {
            protocol.onClosed(this, info);
        } finally {
            if (encoder != null) {
                encoder.close();
            }
            count(statusAtEnd(info));
        }
    }

    private void count(int statusAtEnd) {
        if (services.traffic() != null) {
            services.traffic().answered(statusAtEnd, System.nanoTime() - beganNs, sentBytes);
        }
        if (services.log() != null) {
            services.log().add(AccessLine.of(this, statusAtEnd, sentBytes, AccessLine.now()));
        }
    }

    private int statusAtEnd(CloseInfo info) {
        if (status != 0) {
            return status;
        }
        return switch (info.initiator()) {
            case CALLBACK -> HttpStatus.INTERNAL_SERVER_ERROR;
            case TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
            case PROTOCOL -> info.code();
            case LOCAL, PEER, NETWORK -> CLIENT_WENT;
        };
    }

    // ---- the answer on its way down

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        respond(status, headers, ByteBuffer.wrap(body));
    }

    @Override
    public void respond(int status, Headers headers, ByteBuffer body) {
        Compression how = compressible(status, headers);
        ContentCoding coding = how == null ? null : coding(how, body.remaining(), status);
        Headers fields = fields(headers, how, coding);
        ByteBuffer content = body;
        if (how != null && coding != null && status != HttpStatus.NOT_MODIFIED) {
            content = ByteBuffer.allocate(0);
            try (ContentEncoder whole = how.encoder(coding)) {
                ByteBuffer first = whole.encode(body);
                ByteBuffer last = whole.finish();
                content = ByteBuffer.allocate(first.remaining() + last.remaining())
                        .put(first)
                        .put(last)
                        .flip();
            }
        }
        long bytes = content.remaining();
        under.respond(status, fields, content);
        begun(status);
        sentBytes = hasContent() ? bytes : 0;
    }

    @Override
    public void start(int status, Headers headers, long lengthBytes) {
        Compression how = compressible(status, headers);
        ContentCoding coding = how == null ? null : coding(how, lengthBytes, status);
        under.start(status, fields(headers, how, coding), coding == null ? lengthBytes : -1);
        begun(status);
        if (how != null && coding != null && hasContent()) {
            encoder = how.encoder(coding);
        }
    }

    private void begun(int with) {
        status = with;
    }

    private boolean hasContent() {
        return under.request().method() != HttpMethod.HEAD && !HttpStatus.isBodiless(status);
    }

    /** How an answer is compressed if the client wants it so; null when it never is. */
    private @Nullable Compression compressible(int status, Headers headers) {
        boolean whole = status == HttpStatus.NOT_MODIFIED
                || !HttpStatus.isBodiless(status) && status != HttpStatus.PARTIAL_CONTENT;
        return compression != null && whole && compression.suits(headers) ? compression : null;
    }

    private @Nullable ContentCoding coding(Compression how, long lengthBytes, int status) {
        boolean tooShort = lengthBytes >= 0 && lengthBytes < how.minBytes() && status != HttpStatus.NOT_MODIFIED;
        return tooShort ? null : how.choose(under.request().header("accept-encoding"));
    }

    /** The fields of the answer with those that are added here. A tag says "the same bytes" only of the bytes it was made for. */
    private Headers fields(Headers headers, @Nullable Compression how, @Nullable ContentCoding coding) {
        if (how == null && requestId == null) {
            return headers;
        }
        Headers.Builder all = Headers.builder();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String value = headers.value(i);
            if (coding != null && name.equals("etag") && !value.startsWith("W/")) {
                all.add(name, "W/" + value);
            } else if (coding == null || !name.equals("accept-ranges")) {
                all.add(name, value, headers.isSecret(i));
            }
        }
        if (how != null && !varies(headers)) {
            all.add("Vary", "Accept-Encoding");
        }
        if (coding != null) {
            all.add("Content-Encoding", coding.token());
        }
        if (requestId != null) {
            all.add(RequestIds.FIELD, requestId);
        }
        return all.build();
    }

    private static boolean varies(Headers headers) {
        String vary = headers.get("vary");
        return vary != null
                && (vary.equals("*") || vary.toLowerCase(Locale.ROOT).contains("accept-encoding"));
    }

    @Override
    public void inform(int status, Headers headers) {
        under.inform(status, headers);
    }

    @Override
    public void abort() {
        under.abort();
    }

    @Override
    public void switchTo(Headers headers, Connection.RoleFactory role) {
        if (!(under instanceof Switchable carried)) {
            throw new UnsupportedOperationException("nothing to switch to");
        }
        begun(HttpStatus.SWITCHING_PROTOCOLS);
        carried.switchTo(headers, role);
    }

    // ---- tx

    private HttpTx tx() {
        HttpTx lent = tx;
        if (lent == null) {
            throw new IllegalStateException("valid during onWriteable only");
        }
        return lent;
    }

    @Override
    public void write(ByteBuffer bytes) {
        HttpTx out = tx();
        ContentEncoder encoding = encoder;
        ByteBuffer content = encoding == null ? bytes : encoding.encode(bytes);
        int length = content.remaining();
        out.write(content);
        sent(length);
    }

    private void sent(long bytes) {
        sentBytes += hasContent() ? bytes : 0;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        HttpTx out = tx();
        if (encoder == null) {
            long sent = out.transferFrom(file, position, count);
            sent(sent);
            return sent;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, FILE_STEP_BYTES));
        int read = Math.max(0, file.read(piece, position));
        write(piece.flip());
        return read;
    }

    @Override
    public void finish() {
        finish(Headers.EMPTY);
    }

    @Override
    public void finish(Headers trailers) {
        HttpTx out = tx();
        ContentEncoder encoding = encoder;
        if (encoding != null) {
            encoder = null;
            try (encoding) {
                ByteBuffer last = encoding.finish();
                int length = last.remaining();
                out.write(last);
                sent(length);
            }
        }
        out.finish(trailers);
    }

    @Override
    public boolean isReady() {
        return tx().isReady();
    }

    // ---- session

    @Override
    public HttpRequest request() {
        return under.request();
    }

    @Override
    public Mount mount() {
        return under.mount();
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    @Override
    public @Nullable String requestId() {
        return requestId;
    }

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return under.vhost();
    }

    @Override
    public EventLoop loop() {
        return under.loop();
    }

    @Override
    public String tag() {
        return under.tag();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return under.remoteAddress();
    }

    @Override
    public @Nullable TlsInfo tls() {
        return under.tls();
    }

    @Override
    public boolean isOpen() {
        return under.isOpen();
    }

    @Override
    public void requestWriteable() {
        under.requestWriteable();
    }

    @Override
    public void pauseRx() {
        under.pauseRx();
    }

    @Override
    public void resumeRx() {
        under.resumeRx();
    }

    @Override
    public void execute(Runnable task) {
        under.execute(task);
    }
}
