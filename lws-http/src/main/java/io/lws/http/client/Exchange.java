package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.wire.ClientWire;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireRequest;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request of the user's, over all the requests on the wire that it takes. */
final class Exchange<S extends @Nullable Object>
        implements HttpExchange<S>, WireEvents, OriginPool.Waiter, EventLoop.Task {
    private static final Log LOG = Log.of("lws.http.client");
    private static final long CONTINUE_NS = Duration.ofSeconds(1).toNanos();

    /** Of a response that only leads on; more is not worth the connection. */
    private static final int MAX_DISCARDED_BYTES = 64 << 10;

    private enum Stage {
        /** Not begun, on its way to the loop. */
        NEW,
        /** For a connection. */
        WAITING,
        ASKED,
        /** The user has the head. */
        ANSWERED,
        /** Of a response that leads on, the content is thrown away. */
        DISCARDING,
        /** The connection is another protocol's. */
        SWITCHED,
        ENDED
    }

    /** What the one timer for silence is set for. */
    private enum Awaited {
        NOTHING,
        CONTINUE,
        HEADERS,
        CONTENT
    }

    private final HttpClient client;
    private final LoopNet net;
    private final HttpClientProtocol<S> protocol;
    private final HttpTimeouts timeouts;
    private final Timer total = new Timer(nowNs -> late("total"));
    private final Timer silence = new Timer(this::onSilence);
    private final Stopwatch watch = new Stopwatch();
    private final Repeats repeats = new Repeats();
    private final String tag;
    private @Nullable S pss;
    private ClientRequest request;
    private WireRequest wireRequest;
    private Stage stage = Stage.NEW;
    private Awaited awaited = Awaited.NOTHING;
    private @Nullable OriginPool pool;
    private @Nullable Connection connection;
    private @Nullable WireExchange wire;
    private @Nullable RequestWriter writer;
    private @Nullable HttpResponse response;
    private @Nullable ClientRequest followup;
    private @Nullable Decoding decoding;
    private boolean rxPaused;
    private int redirects;
    private long discardedBytes;
    private long lastContentNs;

    Exchange(HttpClient client, LoopNet net, ClientRequest request, HttpClientProtocol<S> protocol) {
        this.client = client;
        this.net = net;
        this.request = request;
        this.protocol = protocol;
        HttpTimeouts own = request.timeouts();
        timeouts = own == null ? client.timeouts() : own;
        wireRequest = RequestHead.of(client, request);
        tag = "http-client|" + client.vhost().name() + "|" + client.nextNumber();
    }

    // ---- one request on the wire

    /** Begins, on the loop. */
    @Override
    public void run() {
        if (stage != Stage.NEW) {
            return;
        }
        try {
            pss = protocol.newPss();
        } catch (RuntimeException | Error e) {
            threw(e);
            return;
        }
        loop().schedule(total, timeouts.total().toNanos());
        ask();
    }

    /** The loop has ended before it could begin. */
    @Override
    public void dropped() {
        fail(ClientLoop.closing());
    }

    private void ask() {
        stage = Stage.WAITING;
        watch.asks();
        ClientLoop here = client.on(net);
        if (here.isClosed()) {
            loop().execute(() -> fail(ClientLoop.closing()));
            return;
        }
        OriginPool next = here.pool(Origin.of(request.target(), request.unixSocket()));
        pool = next;
        next.acquire(this);
    }

    @Override
    public WireRequest wireRequest() {
        return wireRequest;
    }

    @Override
    public boolean isRepeat() {
        return repeats.isRepeat();
    }

    @Override
    public boolean takesUsed() {
        return !repeats.isLostOnKept();
    }

    @Override
    public HttpTimeouts timeouts() {
        return timeouts;
    }

    @Override
    public void onNoWire(HttpClientException why) {
        if (stage == Stage.WAITING) {
            fail(why);
        }
    }

    @Override
    public void onWire(ClientWire on, @Nullable DialTimes times) {
        stage = Stage.ASKED;
        watch.connected(times);
        connection = on.connection();
        WireExchange begun = on.begin(wireRequest, this);
        wire = begun;
        if (!wireRequest.hasBody()) {
            await(Awaited.HEADERS, timeouts.headers().toNanos());
            return;
        }
        writer = new RequestWriter(begun, request.body());
        if (request.expect() == ClientRequest.Expect.CONTINUE) {
            await(Awaited.CONTINUE, CONTINUE_NS);
        } else {
            begun.requestWriteable();
        }
    }

    @Override
    public void onWriteable() {
        RequestWriter out = writer;
        if (out == null || awaited == Awaited.CONTINUE || stage == Stage.ENDED) {
            return;
        }
        if (out.isStreamed()) {
            guarded(() -> protocol.onWriteable(this, out));
        } else {
            sendOn(out);
        }
        if (out.isFinished() && stage == Stage.ASKED) {
            await(Awaited.HEADERS, timeouts.headers().toNanos());
        }
    }

    private void sendOn(RequestWriter out) {
        try {
            out.send();
        } catch (IOException e) {
            fail(new HttpClientException(Reason.BODY, "sending the request's content: " + e.getMessage(), e));
        }
    }

    // ---- what comes back

    @Override
    public void onInterim(HttpResponse interim) {
        if (interim.status() == HttpStatus.CONTINUE) {
            goOn();
        } else {
            guarded(() -> protocol.onInterim(this, interim));
        }
    }

    /** The content may go: the origin wants it, or has not said that it does not. */
    private void goOn() {
        WireExchange out = wire;
        if (awaited == Awaited.CONTINUE && out != null) {
            await(Awaited.NOTHING, 0);
            out.requestWriteable();
        }
    }

    @Override
    public void onHead(HttpResponse head) {
        watch.answered();
        response = head;
        CookieJar jar = client.cookies();
        if (jar != null) {
            jar.store(request.target(), head.headers("set-cookie"));
        }
        followup = followup(head);
        if (stage != Stage.ASKED) {
            return;
        }
        lastContentNs = loop().nowNs();
        await(Awaited.CONTENT, timeouts.idle().toNanos());
        if (followup == null) {
            stage = Stage.ANSWERED;
            decoding = request.isDecoded() ? Decoding.of(head, client.limits().inflation()) : null;
            guarded(() -> protocol.onResponse(this));
        } else {
            stage = Stage.DISCARDING;
            discardedBytes = 0;
            giveCredit(MAX_DISCARDED_BYTES);
        }
    }

    private @Nullable ClientRequest followup(HttpResponse head) {
        int own = request.maxRedirects();
        int allowed = own < 0 ? client.maxRedirects() : own;
        boolean redirect = head.status() >= 300 && head.status() < 400;
        if (redirect && allowed == 0) {
            return null;
        }
        try {
            ClientRequest next = Followup.of(request, head);
            if (next == null) {
                return null;
            }
            if (redirect && ++redirects > allowed) {
                throw new HttpClientException(Reason.REDIRECT, "more than " + allowed + " redirects");
            }
            requireRepeatable(next);
            return next;
        } catch (HttpClientException e) {
            fail(e);
            return null;
        }
    }

    private void requireRepeatable(ClientRequest next) throws HttpClientException {
        RequestBody body = next.body();
        RequestWriter begun = writer;
        if (body != null && body.pieces() == null && begun != null && begun.isBegun()) {
            throw new HttpClientException(Reason.BODY, "streamed content cannot be sent a second time");
        }
    }

    @Override
    public void onBody(ByteBuffer content) {
        lastContentNs = loop().nowNs();
        Decoding encoded = decoding;
        if (stage != Stage.ANSWERED) {
            discardedBytes += content.remaining();
            if (discardedBytes > MAX_DISCARDED_BYTES) {
                release();
                follow();
            }
        } else if (encoded == null) {
            give(content);
        } else {
            decoded(() -> encoded.take(content, this::wantsContent, this::give));
        }
    }

    private void give(ByteBuffer content) {
        guarded(() -> protocol.onBody(this, content));
    }

    private boolean wantsContent() {
        return stage == Stage.ANSWERED && !rxPaused;
    }

    /** Something that may find that the content does not decode. */
    private interface DecodingStep {
        void run() throws HttpClientException;
    }

    private void decoded(DecodingStep step) {
        try {
            step.run();
        } catch (HttpClientException e) {
            fail(e);
        }
    }

    @Override
    public void onEnd(Headers trailers) {
        wire = null;
        Decoding encoded = decoding;
        if (encoded != null) {
            decoded(encoded::end);
        }
        if (stage == Stage.DISCARDING) {
            follow();
        } else if (stage == Stage.ANSWERED) {
            guarded(() -> protocol.onComplete(this, trailers));
            end(CloseInfo.local(response().status(), "answered"));
        }
    }

    private void follow() {
        ClientRequest next = followup;
        if (next != null) {
            forget();
            repeats.reset();
            request = next;
            wireRequest = RequestHead.of(client, next);
            ask();
        }
    }

    /** Of the request on the wire that is over. */
    private void forget() {
        await(Awaited.NOTHING, 0);
        RequestWriter out = writer;
        writer = null;
        if (out != null) {
            out.close();
        }
        Decoding encoded = decoding;
        decoding = null;
        if (encoded != null) {
            encoded.close();
        }
        wire = null;
        followup = null;
        connection = null;
    }

    @Override
    public void onSwitched(HttpResponse head, Connection switched) {
        watch.answered();
        response = head;
        stage = Stage.SWITCHED;
        wire = null;
        guarded(() -> protocol.onUpgraded(this, switched));
        end(CloseInfo.local(head.status(), "switched to " + request.upgrade()));
    }

    // ---- the end

    @Override
    public void onFailed(CloseInfo why, Progress progress) {
        wire = null;
        if (mayRepeat(why, progress)) {
            forget();
            repeats.begins(progress);
            ask();
        } else {
            fail(Failure.of(why, request));
        }
    }

    private boolean mayRepeat(CloseInfo why, Progress progress) {
        RequestWriter out = writer;
        boolean sendable = out == null || !out.isStreamed() || !out.isBegun();
        return stage == Stage.ASKED && sendable && repeats.mayFollow(why, progress, request, watch.isReused());
    }

    private void late(String what) {
        fail(new HttpClientException(Reason.TIMEOUT, what + ": no time left for " + request));
    }

    private void fail(HttpClientException why) {
        if (stage != Stage.ENDED) {
            Initiator by = why.reason() == Reason.TIMEOUT ? Initiator.TIMEOUT : Initiator.NETWORK;
            end(new CloseInfo(0, String.valueOf(why.getMessage()), by, why));
        }
    }

    private void end(CloseInfo info) {
        if (stage == Stage.ENDED) {
            return;
        }
        boolean waiting = stage == Stage.WAITING;
        stage = Stage.ENDED;
        if (!net.loop().isEnded()) {
            loop().cancel(total);
            loop().cancel(silence);
        }
        OriginPool asked = pool;
        if (waiting && asked != null) {
            asked.abandon(this);
        }
        watch.ends();
        try {
            protocol.onClosed(this, info);
        } catch (RuntimeException | Error e) {
            LOG.error(tag, "onClosed threw", e);
        }
        release();
        forget();
        response = null;
    }

    /** The request on the wire is of no more use. */
    private void release() {
        WireExchange under = wire;
        wire = null;
        if (under != null) {
            under.cancel();
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            threw(e);
        }
    }

    private void threw(Throwable e) {
        LOG.error(tag, "a callback threw; its exchange is given up", e);
        HttpClientException why = new HttpClientException(Reason.CANCELLED, "a callback threw", e);
        end(new CloseInfo(0, "a callback threw", Initiator.CALLBACK, why));
    }

    // ---- time

    private void await(Awaited what, long delayNs) {
        awaited = what;
        if (what == Awaited.NOTHING) {
            loop().cancel(silence);
        } else {
            loop().schedule(silence, delayNs);
        }
    }

    private void onSilence(long nowNs) {
        switch (awaited) {
            case CONTINUE -> goOn();
            case HEADERS -> late("headers");
            case CONTENT -> onQuiet(nowNs);
            case NOTHING -> {}
        }
    }

    /** Moved only when it has run out, so that content costs a store, not a timer. */
    private void onQuiet(long nowNs) {
        long leftNs = lastContentNs + timeouts.idle().toNanos() - nowNs;
        WireExchange in = wire;
        if (leftNs > 0 || rxPaused || in != null && in.isHeldBack()) {
            await(Awaited.CONTENT, Math.max(leftNs, timeouts.idle().toNanos() / 2));
        } else {
            late("idle");
        }
    }

    // ---- session

    @Override
    public ClientRequest request() {
        return request;
    }

    @Override
    public HttpResponse response() {
        HttpResponse head = response;
        if (head == null) {
            throw new IllegalStateException("there is no response, or the exchange is over");
        }
        return head;
    }

    @Override
    public HttpTimings timings() {
        return watch.timings();
    }

    @Override
    public void abort() {
        loop().assertInLoop();
        if (stage != Stage.ENDED) {
            HttpClientException why = new HttpClientException(Reason.CANCELLED, "given up by this side");
            end(new CloseInfo(0, "given up by this side", Initiator.LOCAL, why));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // S may be nullable; before run() nobody is given this
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return client.vhost();
    }

    @Override
    public EventLoop loop() {
        return net.loop();
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connection == null ? null : connection.transport().remoteAddress();
    }

    @Override
    public @Nullable TlsInfo tls() {
        return connection == null ? null : connection.transport().tls();
    }

    @Override
    public boolean isOpen() {
        return stage != Stage.ENDED;
    }

    @Override
    public void requestWriteable() {
        loop().assertInLoop();
        WireExchange out = wire;
        if (out != null && awaited != Awaited.CONTINUE) {
            out.requestWriteable();
        }
    }

    @Override
    public void giveCredit(int bytes) {
        loop().assertInLoop();
        WireExchange in = wire;
        if (in != null) {
            in.giveCredit(bytes);
        }
    }

    @Override
    public void pauseRx() {
        loop().assertInLoop();
        rxPaused = true;
        WireExchange in = wire;
        if (in != null) {
            in.pauseRx();
        }
    }

    @Override
    public void resumeRx() {
        loop().assertInLoop();
        rxPaused = false;
        lastContentNs = loop().nowNs();
        Decoding encoded = decoding;
        if (encoded != null) {
            decoded(() -> encoded.goOn(this::wantsContent, this::give));
        }
        WireExchange in = wire;
        if (in != null && !rxPaused) {
            in.resumeRx();
        }
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(() -> {
            if (stage != Stage.ENDED) {
                guarded(task);
            }
        });
    }
}
