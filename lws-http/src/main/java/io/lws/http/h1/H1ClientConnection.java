package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.wire.ClientWire;
import io.lws.http.wire.InterimPace;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireEvents.Progress;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireLimits;
import io.lws.http.wire.WireOwner;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1 connection to an origin: exchanges one after the other; where pipelining is allowed, further safe requests
 * go out before their turn, once the origin has shown that it keeps connections.
 */
public final class H1ClientConnection implements RoleConnection, ClientWire {
    private enum State {
        OPEN,
        /** What is under way is the last. */
        LAST,
        /** The owner knows that there will be no more. */
        GONE
    }

    private final Connection connection;
    private final WireLimits limits;
    private final WireOwner owner;
    private final H1HeadScanner scanner;
    private final ChunkedBody chunked;
    private final H1ResponseHead head = new H1ResponseHead();
    private final ArrayDeque<H1ClientExchange> exchanges = new ArrayDeque<>(2);
    private State state = State.OPEN;
    private Progress progress = Progress.NOTHING_CAME;
    private @Nullable H1Body body;
    /** The trailers of a response that has come whole while who reads it has paused. */
    private @Nullable Headers heldEnd;

    private boolean proven;
    private final InterimPace interims;

    public H1ClientConnection(Connection connection, WireLimits limits, WireOwner owner) {
        this.connection = connection;
        this.limits = limits;
        this.owner = owner;
        interims = new InterimPace(limits.maxInterim());
        scanner = new H1HeadScanner(limits.head());
        chunked = new ChunkedBody(limits.head(), Trailers.Use.KEPT);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String roleName() {
        return "h1-client";
    }

    // ---- exchanges

    @Override
    public int room(WireRequest request) {
        if (state != State.OPEN || !connection.isOpen()) {
            return 0;
        }
        if (exchanges.isEmpty()) {
            return 1;
        }
        return canFollow(request) ? Math.max(0, limits.pipelineDepth() - exchanges.size()) : 0;
    }

    private boolean canFollow(WireRequest request) {
        return proven
                && mayBeRepeated(request)
                && mayBeRepeated(exchanges.getLast().request());
    }

    private static boolean mayBeRepeated(WireRequest request) {
        return request.method().isSafe()
                && !request.hasBody()
                && request.upgrade().isEmpty();
    }

    @Override
    public boolean isIdle() {
        return exchanges.isEmpty();
    }

    @Override
    public WireExchange begin(WireRequest request, WireEvents events) {
        if (room(request) == 0) {
            throw new IllegalStateException("no room for an exchange");
        }
        if (exchanges.isEmpty()) {
            connection.clearTimeout();
            progress = Progress.NOTHING_CAME;
        }
        H1ClientExchange exchange = new H1ClientExchange(this, request, events);
        exchanges.add(exchange);
        byte[] text = H1RequestText.of(request);
        connection.write(text, 0, text.length);
        return exchange;
    }

    @Override
    public void closeWhenIdle() {
        if (exchanges.isEmpty()) {
            end(CloseInfo.local(0, "not needed any more"));
        } else if (state == State.OPEN) {
            state = State.LAST;
        }
    }

    private void end(CloseInfo why) {
        gone();
        connection.close(why);
    }

    void abort(CloseInfo why) {
        gone();
        if (connection.isOpen()) {
            connection.abort(why);
        }
    }

    private void gone() {
        if (state != State.GONE) {
            state = State.GONE;
            owner.onGone(this);
        }
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        while (in.hasRemaining() && connection.isReading() && connection.role() == this) {
            H1ClientExchange current = exchanges.peekFirst();
            H1Body content = body;
            if (current == null) {
                abort(CloseInfo.protocol(Violation.badRequest("octets that nobody asked for")));
            } else if (content != null) {
                if (!readBody(current, content, in)) {
                    return;
                }
            } else if (heldEnd != null || !readHead(current, in)) {
                return;
            }
        }
    }

    private boolean readHead(H1ClientExchange current, ByteBuffer in) {
        progress = Progress.SOMETHING_CAME;
        int headBytes = scanner.scan(in);
        if (headBytes == H1HeadScanner.NEED_MORE) {
            return false;
        }
        head.read(in, headBytes, limits.head());
        WireEvents events = current.events();
        if (events == null) {
            return false; // it was cancelled: the connection is going
        }
        if (head.status() >= HttpStatus.OK) {
            beginBody(current, events);
        } else if (head.status() == HttpStatus.SWITCHING_PROTOCOLS) {
            switchTo(current);
        } else {
            interim(events);
        }
        return true;
    }

    private void interim(WireEvents events) {
        if (head.version() == HttpVersion.HTTP_1_0
                || !interims.allows(connection.loop().nowNs())) {
            throw Violation.badRequest("an interim response that cannot be, or too many at once");
        }
        events.onInterim(head);
    }

    private void switchTo(H1ClientExchange current) {
        String wanted = current.request().upgrade();
        if (wanted.isEmpty() || !head.switchesTo(wanted) || !current.isSent()) {
            throw Violation.badRequest("switched to what nobody asked for");
        }
        exchanges.removeFirst();
        gone();
        WireEvents events = current.takeEvents();
        if (events != null) {
            events.onSwitched(head, connection);
        }
    }

    private void beginBody(H1ClientExchange current, WireEvents events) {
        H1Body content = head.body(current.request().method(), chunked);
        if (!head.wantsKeepAlive() || content == UntilCloseBody.INSTANCE) {
            state = state == State.OPEN ? State.LAST : state;
        }
        body = content;
        events.onHead(head);
        if (content == null) {
            endResponse(current, Headers.EMPTY);
        }
    }

    /** False when more must arrive. */
    private boolean readBody(H1ClientExchange current, H1Body content, ByteBuffer in) {
        int bytes = content.next(in);
        if (bytes > 0) {
            handOn(current, in, bytes);
        }
        if (content.isDone()) {
            endResponse(current, content == chunked ? chunked.trailers() : Headers.EMPTY);
            return true;
        }
        return bytes > 0;
    }

    private static void handOn(H1ClientExchange current, ByteBuffer in, int bytes) {
        WireEvents events = current.events();
        int limit = in.limit();
        int end = in.position() + bytes;
        in.limit(end);
        try {
            if (events != null) {
                events.onBody(in);
            }
        } finally {
            in.limit(limit).position(end);
        }
    }

    private void endResponse(H1ClientExchange current, Headers trailers) {
        body = null;
        if (current.events() == null) {
            return;
        }
        if (current.isRxPaused()) {
            heldEnd = trailers;
            return;
        }
        heldEnd = null;
        progress = Progress.NOTHING_CAME;
        exchanges.removeFirst();
        WireEvents events = current.takeEvents();
        if (state == State.LAST || !current.isWhole()) {
            boolean last = exchanges.isEmpty();
            end(last ? CloseInfo.local(0, "last exchange over") : CloseInfo.peer(0, "origin takes no more"));
        } else if (state == State.OPEN) {
            proven = head.version() == HttpVersion.HTTP_1_1;
            awaitNext();
        }
        if (events != null) {
            events.onEnd(trailers);
        }
    }

    private void awaitNext() {
        interims.startAnew();
        H1ClientExchange next = exchanges.peekFirst();
        if (next == null) {
            connection.setTimeout(
                    TimeoutReason.KEEPALIVE_IDLE, limits.keepAlive().toNanos());
        } else {
            flowChanged(next);
        }
        owner.onRoom(this);
    }

    /** Only the exchange whose response is due can stop the connection. */
    void flowChanged(H1ClientExchange exchange) {
        if (exchange != exchanges.peekFirst()) {
            return;
        }
        if (exchange.isRxPaused()) {
            connection.pauseRx();
            return;
        }
        connection.resumeRx();
        if (heldEnd != null) {
            connection.requestWriteable(); // which tells the end
        }
    }

    // ---- the rest of a role

    @Override
    public void onWriteable() {
        H1ClientExchange first = exchanges.peekFirst();
        Headers held = heldEnd;
        if (held != null && first != null && !first.isRxPaused()) {
            endResponse(first, held);
        }
        H1ClientExchange last = exchanges.peekLast();
        WireEvents events = last == null || last.isSent() ? null : last.events();
        if (events != null && connection.isOpen()) {
            events.onWriteable();
        }
    }

    @Override
    public void onPeerFin() {
        H1ClientExchange current = exchanges.peekFirst();
        if (current == null) {
            end(CloseInfo.peer(0, "origin closed an idle connection"));
        } else if (body == UntilCloseBody.INSTANCE && current.events() != null) {
            endResponse(current, Headers.EMPTY);
        } else {
            boolean begun = progress == Progress.SOMETHING_CAME;
            String what = begun ? "origin ended in the middle of a response" : "origin closed without a response";
            abort(new CloseInfo(0, what, Initiator.NETWORK, null));
        }
    }

    @Override
    public boolean awaitsAnswer() {
        return !exchanges.isEmpty();
    }

    @Override
    public void onViolation(ProtocolException violation) {
        abort(CloseInfo.protocol(violation));
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        end(CloseInfo.timeout(reason.name()));
    }

    @Override
    public void onDrain() {
        closeWhenIdle();
    }

    /** What waited behind the one that was being answered has lost nothing: not an octet of its answer came. */
    @Override
    public void onClosed(CloseInfo info) {
        gone();
        Progress of = progress;
        while (!exchanges.isEmpty()) {
            WireEvents events = exchanges.removeFirst().takeEvents();
            if (events != null) {
                events.onFailed(info, of);
            }
            of = Progress.NOTHING_CAME;
        }
    }
}
