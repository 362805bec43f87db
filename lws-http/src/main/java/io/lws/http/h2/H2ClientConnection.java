package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.http.H2Limits;
import io.lws.http.HttpStatus;
import io.lws.http.wire.ClientWire;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireLimits;
import io.lws.http.wire.WireOwner;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import io.lws.spi.RoleConnection;

/** One HTTP/2 connection to an origin: as many exchanges at once as the origin allows. */
public final class H2ClientConnection implements ClientWire, H2Side {
    private static final int MAX_STREAM_ID = Integer.MAX_VALUE - 2;

    /** Before the origin has said how many it takes: one, so that none is refused. */
    private static final int FIRST_STREAMS = 1;

    /** How much content of a response may come. */
    public enum Credit {
        /** A window's worth at first, and as much as is read. */
        AS_READ,
        /** What each request says. */
        BY_REQUEST
    }

    private enum State {
        OPEN,
        /** Those under way are the last. */
        LAST,
        /** The owner knows that there will be no more. */
        GONE
    }

    private final Connection connection;
    private final WireLimits limits;
    private final H2Limits h2Limits;
    private final Credit credit;
    private final WireOwner owner;
    private final H2Connection h2;
    private final H2Loop shared;
    private State state = State.OPEN;
    private boolean settingsSeen;
    private int nextId = 1;

    /** {@code credit}: who gives it to the origin. */
    public H2ClientConnection(
            Connection connection, WireLimits limits, H2Limits h2Limits, Credit credit, WireOwner owner) {
        this.connection = connection;
        this.limits = limits;
        this.h2Limits = h2Limits;
        this.credit = credit;
        this.owner = owner;
        shared = H2Loop.of(connection.net());
        h2 = new H2Connection(connection, this, h2Limits, limits.head().headerTimeout(), limits.keepAlive());
    }

    /** What stands on the connection. */
    public RoleConnection role() {
        return h2;
    }

    H2Connection h2() {
        return h2;
    }

    WireLimits limits() {
        return limits;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    // ---- exchanges

    @Override
    public int room(WireRequest request) {
        if (state != State.OPEN || !connection.isOpen()) {
            return 0;
        }
        if (!request.upgrade().isEmpty() && !settingsSeen) {
            return 0; // whether the origin takes it is not known yet
        }
        long allowed = settingsSeen ? Math.min(h2.peer.maxConcurrentStreams, h2Limits.streams()) : FIRST_STREAMS;
        return (int) Math.max(0, allowed - h2.streams.count());
    }

    @Override
    public boolean isShared() {
        return state == State.OPEN;
    }

    @Override
    public boolean isIdle() {
        return h2.streams.count() == 0;
    }

    @Override
    public WireExchange begin(WireRequest request, WireEvents events) {
        boolean tunnel = !request.upgrade().isEmpty();
        if (tunnel && !h2.peer.connectProtocol) {
            return refused(request, events);
        }
        h2.greet();
        H2Stream stream = h2.open(nextId);
        nextId += 2;
        if (nextId >= MAX_STREAM_ID) {
            gone(); // what comes next wants another connection
        }
        H2ClientExchange exchange = new H2ClientExchange(this, stream, request, events);
        stream.user(exchange);
        boolean end = !request.hasBody() && !tunnel;
        h2.heads.request(stream.id, request, end);
        h2.input.begun(stream, request.credit());
        if (end) {
            h2.output.ended(stream);
        }
        return exchange;
    }

    /** An exchange that fails without a word to the origin, which does not speak RFC 8441. */
    private H2ClientExchange refused(WireRequest request, WireEvents events) {
        H2Stream none = new H2Stream(h2, 0, 0, 0);
        none.happened(StreamState.Event.RESET);
        H2ClientExchange exchange = new H2ClientExchange(this, none, request, events);
        CloseInfo why = CloseInfo.peer(HttpStatus.NOT_IMPLEMENTED, "origin takes no extended CONNECT");
        connection.loop().serveAtEndOfTurn(() -> exchange.fail(why, false));
        return exchange;
    }

    /** For tests: streams are numbered from there on. */
    void numbersFrom(int streamId) {
        nextId = streamId;
    }

    @Override
    public void closeWhenIdle() {
        if (isIdle()) {
            gone();
            h2.lastStreams();
        } else if (state == State.OPEN) {
            state = State.LAST;
        }
    }

    private void gone() {
        if (state != State.GONE) {
            state = State.GONE;
            owner.onGone(this);
        }
    }

    void release(H2ClientExchange exchange) {
        FieldList fields = exchange.takeFields();
        if (fields != null) {
            // the exchange may still look at them while it hears of its end
            connection.loop().serveAtEndOfTurn(() -> shared.release(fields));
        }
    }

    // ---- the connection's side

    @Override
    public boolean isServer() {
        return false;
    }

    @Override
    public boolean countsCredit() {
        return credit == Credit.BY_REQUEST;
    }

    @Override
    public void greet(H2Connection greeting) {
        H2Preface.write(connection.out(H2Preface.BYTES));
        H2Greeting.write(greeting, h2Limits, H2Greeting.NO_PUSH);
    }

    @Override
    public boolean onOpened(H2Stream stream, FieldList fields, boolean tooLong) {
        return false;
    }

    @Override
    public boolean onMoreFields(H2Stream stream, FieldList fields, boolean end) {
        if (stream.user() instanceof H2ClientExchange exchange) {
            try {
                return exchange.fields(fields, end);
            } catch (Throwable e) {
                h2.threw(stream, e);
                return true; // an exchange that has begun to read them gives them back
            }
        }
        if (end) {
            h2.input.end(stream);
        }
        return false;
    }

    @Override
    public boolean hasOpened(int streamId) {
        return (streamId & 1) == 1 && streamId < nextId;
    }

    @Override
    public void onSettings(H2Connection from) {
        settingsSeen = true;
        if (state == State.OPEN) {
            owner.onRoom(this);
        }
    }

    /** Streams behind the last one have not been looked at, and may be begun anew elsewhere. */
    @Override
    public void onGoAway(H2Connection from, int lastId, int code) {
        gone();
        CloseInfo why = new CloseInfo(code, "origin goes away", Initiator.PEER, null);
        for (H2Stream stream : h2.streams.snapshot()) {
            if (stream.id > lastId) {
                if (stream.user() instanceof H2ClientExchange exchange) {
                    stream.user(null);
                    exchange.fail(why, true);
                }
                h2.reset(stream, H2Error.CANCEL, why);
            }
        }
        h2.lastStreams();
    }

    @Override
    public void onStreamGone(H2Connection from) {
        if (state == State.OPEN) {
            owner.onRoom(this);
        } else if (isIdle()) {
            gone();
            h2.lastStreams();
        }
    }

    @Override
    public void onPeerFin() {
        gone();
    }

    @Override
    public void onDrain(H2Connection from) {
        closeWhenIdle();
    }

    @Override
    public void onClosed(CloseInfo info) {
        gone();
    }
}
