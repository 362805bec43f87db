package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpStatus;
import io.lws.http.wire.InterimPace;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireEvents.Progress;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One exchange on a stream of a client's. */
final class H2ClientExchange implements WireExchange, StreamUser {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final H2ClientConnection client;
    private final H2Stream stream;
    private final WireRequest request;
    private @Nullable WireEvents events;
    private @Nullable H2ResponseHead head;
    private Headers trailers = Headers.EMPTY;
    private @Nullable InterimPace interims;

    H2ClientExchange(H2ClientConnection client, H2Stream stream, WireRequest request, WireEvents events) {
        this.client = client;
        this.stream = stream;
        this.request = request;
        this.events = events;
    }

    // ---- what comes back

    /** A block has been decoded; true when the fields are kept. */
    boolean fields(FieldList fields, boolean end) {
        WireEvents told = events;
        if (told == null) {
            return false;
        }
        if (head != null) {
            trailers(fields, end);
            return false;
        }
        H2ResponseHead response = new H2ResponseHead(fields);
        if (response.status() < HttpStatus.OK) {
            interim(response, end, told);
            return false;
        }
        head = response;
        if (!request.upgrade().isEmpty() && response.status() == HttpStatus.OK && !end) {
            switched(response, told);
            return true;
        }
        boolean bodiless = request.method() == HttpMethod.HEAD || HttpStatus.isBodiless(response.status());
        stream.expectContent(bodiless ? 0 : response.contentLength());
        told.onHead(response);
        if (end) {
            client.h2().input.end(stream);
        }
        return true;
    }

    private void interim(H2ResponseHead response, boolean end, WireEvents told) {
        boolean legal = !end && response.status() != HttpStatus.SWITCHING_PROTOCOLS;
        InterimPace pace = interims == null ? new InterimPace(client.limits().maxInterim()) : interims;
        interims = pace;
        if (!legal || !pace.allows(client.connection().loop().nowNs())) {
            throw FieldRules.malformed("an interim response that cannot be, or too many at once");
        }
        told.onInterim(response);
    }

    private void trailers(FieldList fields, boolean end) {
        if (!end) {
            throw FieldRules.malformed("trailers that end nothing");
        }
        trailers = FieldRules.trailers(fields);
        client.h2().input.end(stream);
    }

    /** The stream is another protocol's from now on (RFC 8441). */
    private void switched(H2ResponseHead response, WireEvents told) {
        events = null;
        H2Tunnel tunnel = new H2Tunnel(stream);
        stream.user(tunnel);
        try {
            Connection.open(client.connection().net(), tunnel, connection -> {
                SwitchedRole waiting = new SwitchedRole();
                connection.loop().serveThisTurn(() -> {
                    if (connection.isOpen()) {
                        told.onSwitched(response, connection);
                    }
                });
                return waiting;
            });
        } catch (IOException e) {
            told.onFailed(CloseInfo.network(e), Progress.SOMETHING_CAME);
        }
    }

    @Override
    public void onData(H2Stream from, ByteBuffer content) {
        WireEvents told = events;
        if (told == null) {
            return;
        }
        if (head == null) {
            throw FieldRules.malformed("content without a head");
        }
        told.onBody(content);
    }

    @Override
    public void onEnd(H2Stream from) {
        if (head == null) {
            throw FieldRules.malformed("the end of a response that did not begin");
        }
        WireEvents told = events;
        events = null;
        stream.user(null);
        if (stream.state().maySend()) {
            client.h2().reset(stream, H2Error.CANCEL, CloseInfo.local(0, "answered"));
        }
        client.release(this);
        if (told != null) {
            told.onEnd(trailers);
        }
    }

    @Override
    public void onWriteable(H2Stream from) {
        WireEvents told = events;
        if (told != null && stream.state().maySend()) {
            told.onWriteable();
        }
    }

    @Override
    public void onTimeout(H2Stream from) {
        // whoever waits for the response has its own timers
    }

    @Override
    public void onClosed(CloseInfo info) {
        fail(info, info.initiator() == CloseInfo.Initiator.PEER && info.code() == H2Error.REFUSED_STREAM);
    }

    /** {@code unprocessed}: the origin has said that it did nothing about it. */
    void fail(CloseInfo info, boolean unprocessed) {
        WireEvents told = events;
        events = null;
        client.release(this);
        if (told != null) {
            Progress came = head == null && interims == null ? Progress.NOTHING_CAME : Progress.SOMETHING_CAME;
            told.onFailed(info, unprocessed ? Progress.NOT_PROCESSED : came);
        }
    }

    /** The fields that are lent as long as the response is. */
    @Nullable
    FieldList takeFields() {
        H2ResponseHead lent = head;
        return lent == null ? null : lent.fields;
    }

    // ---- the request's content

    @Override
    public void write(ByteBuffer bytes) {
        client.h2().output.send(stream, bytes, false);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) {
        return -1;
    }

    @Override
    public void finish() {
        if (stream.state().maySend() && !stream.endWaiting) {
            client.h2().output.send(stream, NOTHING, true);
        }
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void requestWriteable() {
        stream.requestWriteable();
    }

    @Override
    public void pauseRx() {
        stream.pauseRx();
    }

    @Override
    public void resumeRx() {
        stream.resumeRx();
    }

    @Override
    public void giveCredit(int bytes) {
        if (events != null && stream.isCreditCounted()) {
            client.h2().input.give(stream, bytes);
        }
    }

    @Override
    public boolean isHeldBack() {
        return stream.isOutOfCredit();
    }

    @Override
    public void cancel() {
        if (events != null) {
            events = null;
            stream.user(null);
            client.release(this);
            client.h2().reset(stream, H2Error.CANCEL, CloseInfo.local(0, "cancelled"));
        }
    }
}
