package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.http.H2Limits;
import io.lws.http.h2.H2Guard.Kind;
import io.lws.http.h2.StreamState.Event;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One HTTP/2 connection, whichever side we are: frames to streams and back. What a stream is for is decided by the
 * {@link H2Side}.
 */
final class H2Connection implements RoleConnection {
    private static final Log LOG = Log.of("lws.http");
    private static final int STREAM_MASK = 0x7fffffff;
    private static final int GOAWAY_TEXT_BYTES = 128;
    private static final long DRAIN_PING = 0x6c7773;

    /** How far the connection's end has come (RFC 9113 6.8). */
    private enum Ending {
        NOT,
        /** We have said that it will end; streams on their way are still taken. */
        ANNOUNCED,
        /** No further stream is taken. */
        LAST_STREAMS
    }

    final Connection connection;
    final H2Limits limits;
    final H2Guard guard;
    final StreamTable streams = new StreamTable();
    final PeerSettings peer = new PeerSettings();
    final H2Output output;
    final H2Input input;
    final HeadOutput heads;
    final H2Times times;
    private final H2Side side;
    private final H2Loop shared;
    private final H2FrameParser parser = new H2FrameParser();
    private final HeaderBlock block;
    private final long beganNs;
    private int prefaceReadBytes;
    private boolean greeted;
    private boolean settingsSeen;
    private int blockStreamId;
    private boolean blockEndsStream;
    private boolean blockSelfDependent;
    private int highestPeerId;
    /** The last one that we have said or may yet say to have taken; what is ignored comes behind it. */
    private int lastTakenId;

    private Ending ending = Ending.NOT;

    /** {@code headerTimeout} is for a block of headers and for the first one, {@code keepAlive} without any stream. */
    H2Connection(Connection connection, H2Side side, H2Limits limits, Duration headerTimeout, Duration keepAlive) {
        this.connection = connection;
        this.side = side;
        this.limits = limits;
        beganNs = connection.loop().nowNs();
        times = new H2Times(this, connection, headerTimeout.toNanos(), keepAlive.toNanos());
        shared = H2Loop.of(connection.net());
        guard = new H2Guard(limits, nowNs());
        output = new H2Output(this, connection);
        input = new H2Input(this, connection, limits, side);
        heads = new HeadOutput(connection, shared, limits.tableBytes());
        block = new HeaderBlock(limits);
        prefaceReadBytes = side.isServer() ? 0 : H2Preface.BYTES;
        times.begin();
        connection.requestWriteable();
    }

    @Override
    public String roleName() {
        return "h2";
    }

    /** Since the connection began, so that of two times the earlier is the smaller, wherever the clock wraps. */
    long nowNs() {
        return connection.loop().nowNs() - beganNs;
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        greet();
        if (prefaceReadBytes < H2Preface.BYTES) {
            prefaceReadBytes += H2Preface.read(in, prefaceReadBytes);
        }
        while (prefaceReadBytes == H2Preface.BYTES && connection.isReading()) {
            int type = parser.next(in);
            if (type == H2FrameParser.NEED_MORE) {
                return;
            }
            frame(type, in);
        }
    }

    /** Our preface (RFC 9113 3.4), before anything else. */
    void greet() {
        if (!greeted) {
            greeted = true;
            side.greet(this);
        }
    }

    private void frame(int type, ByteBuffer in) {
        if (!settingsSeen && type != H2Frame.SETTINGS) {
            throw new ProtocolException(H2Error.PROTOCOL_ERROR, "a preface without SETTINGS");
        }
        switch (type) {
            case H2Frame.DATA -> input.data(parser, in);
            case H2Frame.HEADERS -> headers(in);
            case H2Frame.CONTINUATION -> {
                block.count();
                fragment(in);
            }
            case H2Frame.PRIORITY -> guard.spend(Kind.CONTROL, nowNs());
            case H2Frame.RST_STREAM -> rstStream(in.getInt(parser.payloadIndex()));
            case H2Frame.SETTINGS -> settings(in);
            case H2Frame.PING -> ping(in.getLong(parser.payloadIndex()));
            case H2Frame.GOAWAY -> goAway(in);
            case H2Frame.WINDOW_UPDATE -> windowUpdate(in.getInt(parser.payloadIndex()) & STREAM_MASK);
            case H2Frame.PRIORITY_UPDATE -> priorityUpdate(in);
            case H2FrameParser.STREAM_ERROR -> frameError(parser.errorCode());
            default -> guard.spend(Kind.CONTROL, nowNs());
        }
    }

    // ---- heads

    private void headers(ByteBuffer in) {
        blockStreamId = parser.streamId();
        blockEndsStream = parser.has(H2Frame.END_STREAM);
        blockSelfDependent = parser.isSelfDependent();
        fragment(in);
    }

    private void fragment(ByteBuffer in) {
        if (!parser.has(H2Frame.END_HEADERS)) {
            block.keep(in, parser.payloadIndex(), parser.payloadBytes());
            times.blockBegan();
            return;
        }
        times.blockEnded();
        FieldList fields = shared.fields();
        boolean taken = false;
        try {
            long listBytes = block.decode(in, parser.payloadIndex(), parser.payloadBytes(), fields);
            taken = fields(fields, listBytes);
        } finally {
            if (!taken) {
                shared.release(fields);
            }
        }
    }

    /** A whole block has been decoded; true when somebody keeps the fields. */
    private boolean fields(FieldList fields, long listBytes) {
        H2Stream stream = streams.get(blockStreamId);
        if (stream != null) {
            return moreFields(stream, fields, listBytes);
        }
        return side.isServer() ? newStream(fields, listBytes) : unexpected();
    }

    private boolean newStream(FieldList fields, long listBytes) {
        if ((blockStreamId & 1) == 0) {
            throw new ProtocolException(H2Error.PROTOCOL_ERROR, "a client's stream with an even number");
        }
        if (blockStreamId <= highestPeerId) {
            return unexpected();
        }
        highestPeerId = blockStreamId;
        if (ending == Ending.LAST_STREAMS) {
            streams.refused(blockStreamId); // the peer knows that we do not take it, or will soon
            return false;
        }
        lastTakenId = blockStreamId;
        if (streams.count() >= limits.streams()) {
            streams.refused(blockStreamId);
            resetUnknown(blockStreamId, H2Error.REFUSED_STREAM);
            return false;
        }
        H2Stream stream = open(blockStreamId);
        guard.requested();
        if (blockEndsStream) {
            stream.happened(Event.RECEIVE_END);
        }
        if (blockSelfDependent) {
            streamError(stream, H2Error.PROTOCOL_ERROR, "a stream that depends on itself");
            return false;
        }
        return side.onOpened(stream, fields, listBytes > limits.headerListBytes());
    }

    /** The request that came with an HTTP/1 upgrade is stream 1, and whole. */
    void openUpgraded(FieldList fields) {
        highestPeerId = 1;
        lastTakenId = 1;
        H2Stream stream = open(1);
        stream.happened(Event.RECEIVE_END);
        if (!side.onOpened(stream, fields, false)) {
            shared.release(fields);
        }
    }

    /** A stream in its first state but idle, in the table. */
    H2Stream open(int id) {
        H2Stream stream = new H2Stream(this, id, peer.initialWindowBytes, input.newWindowBytes());
        stream.happened(Event.BEGIN);
        streams.add(stream);
        times.used();
        return stream;
    }

    private boolean moreFields(H2Stream stream, FieldList fields, long listBytes) {
        if (!stream.state().mayReceive()) {
            streamError(stream, H2Error.STREAM_CLOSED, "HEADERS behind the end");
        } else if (blockSelfDependent) {
            streamError(stream, H2Error.PROTOCOL_ERROR, "a stream that depends on itself");
        } else if (listBytes > limits.headerListBytes()) {
            streamError(stream, H2Error.ENHANCE_YOUR_CALM, "header list too long");
        } else {
            return side.onMoreFields(stream, fields, blockEndsStream);
        }
        return false;
    }

    /** A block for a stream that is no more, or that the peer may not open. */
    private boolean unexpected() {
        switch (streams.endingOf(blockStreamId)) {
            case BY_US -> {
                return false; // sent before our reset arrived
            }
            case BY_PEER -> throw new ProtocolException(H2Error.STREAM_CLOSED, "HEADERS on a closed stream");
            default -> throw new ProtocolException(H2Error.PROTOCOL_ERROR, "HEADERS on a stream that cannot be opened");
        }
    }

    // ---- other frames

    void requireNotIdle(int streamId) {
        if (side.isServer() ? streamId > highestPeerId || (streamId & 1) == 0 : !side.hasOpened(streamId)) {
            throw new ProtocolException(H2Error.PROTOCOL_ERROR, "frame on an idle stream");
        }
    }

    private void rstStream(int code) {
        requireNotIdle(parser.streamId());
        H2Stream stream = streams.get(parser.streamId());
        if (stream != null) {
            stream.happened(Event.RESET);
            streams.remove(stream, StreamTable.Ending.BY_PEER);
            input.forget(stream, CloseInfo.peer(code, "stream reset"));
            streamGone();
        } else {
            streams.endedByPeer(parser.streamId());
        }
        if (side.isServer()) {
            guard.spend(Kind.RESET, nowNs());
        }
    }

    private void settings(ByteBuffer in) {
        if (parser.has(H2Frame.ACK)) {
            if (!settingsSeen) {
                throw new ProtocolException(H2Error.PROTOCOL_ERROR, "a preface without SETTINGS");
            }
            block.settingsAgreed();
            return;
        }
        if (settingsSeen) {
            guard.spend(Kind.CONTROL, nowNs());
        }
        settingsSeen = true;
        applySettings(in, parser.payloadIndex(), parser.payloadBytes());
        H2FrameWriter.settingsAck(connection.out(H2Frame.HEADER_BYTES));
        side.onSettings(this);
    }

    /** Also those an HTTP/1 upgrade brings (RFC 7540 3.2.1), which are not acknowledged. */
    void applySettings(ByteBuffer in, int at, int lengthBytes) {
        int windowBefore = peer.initialWindowBytes;
        peer.read(in, at, lengthBytes);
        heads.allowTable(peer.headerTableBytes);
        output.maxFrame(peer.maxFrameBytes);
        int change = peer.initialWindowBytes - windowBefore;
        if (change != 0) {
            for (H2Stream stream : streams.snapshot()) {
                if (!output.credit(stream, change)) {
                    throw new ProtocolException(H2Error.FLOW_CONTROL_ERROR, "window of a stream above 2^31-1");
                }
            }
        }
    }

    private void ping(long opaque) {
        if (!parser.has(H2Frame.ACK)) {
            guard.spend(Kind.CONTROL, nowNs());
            H2FrameWriter.ping(connection.out(H2FrameWriter.PING_BYTES), H2Frame.ACK, opaque);
        } else if (opaque == DRAIN_PING && ending == Ending.ANNOUNCED) {
            lastStreams();
        } else {
            guard.spend(Kind.CONTROL, nowNs());
        }
    }

    private void goAway(ByteBuffer in) {
        int lastId = in.getInt(parser.payloadIndex()) & STREAM_MASK;
        side.onGoAway(this, lastId, in.getInt(parser.payloadIndex() + 4));
    }

    private void windowUpdate(int incrementBytes) {
        guard.spend(Kind.WINDOW, nowNs());
        if (parser.streamId() == 0) {
            output.credit(incrementBytes);
            return;
        }
        requireNotIdle(parser.streamId());
        H2Stream stream = streams.get(parser.streamId());
        if (stream != null && !output.credit(stream, incrementBytes)) {
            streamError(stream, H2Error.FLOW_CONTROL_ERROR, "window of a stream above 2^31-1");
        }
    }

    private void priorityUpdate(ByteBuffer in) {
        guard.spend(Kind.CONTROL, nowNs());
        H2Stream stream = streams.get(in.getInt(parser.payloadIndex()) & STREAM_MASK);
        if (stream != null) {
            byte[] text = new byte[parser.payloadBytes() - 4];
            in.get(parser.payloadIndex() + 4, text);
            stream.priority.read(new String(text, StandardCharsets.US_ASCII));
        }
    }

    private void frameError(int code) {
        H2Stream stream = streams.get(parser.streamId());
        if (stream != null) {
            streamError(stream, code, "a frame that cannot be");
        } else {
            resetUnknown(parser.streamId(), code);
        }
    }

    // ---- the end of streams

    /** The peer broke the rules of one stream. */
    void streamError(H2Stream stream, int code, String reason) {
        if (stream.isClosed()) {
            return;
        }
        ProtocolException violation = new ProtocolException(code, reason);
        LOG.info(connection.tag(), "stream " + stream.id + ": " + code + " " + reason);
        reset(stream, code, CloseInfo.protocol(violation));
        guard.spend(Kind.RESET, nowNs());
    }

    /** Resets a stream that is not in the table. */
    void resetUnknown(int streamId, int code) {
        H2FrameWriter.rstStream(connection.out(H2FrameWriter.RST_STREAM_BYTES), streamId, code);
        guard.spend(Kind.RESET, nowNs());
    }

    /** Ends a stream at once; what waits on it is lost. */
    void reset(H2Stream stream, int code, CloseInfo info) {
        if (stream.isClosed()) {
            return;
        }
        if (connection.isOpen()) {
            H2FrameWriter.rstStream(connection.out(H2FrameWriter.RST_STREAM_BYTES), stream.id, code);
        }
        stream.happened(Event.RESET);
        streams.remove(stream, StreamTable.Ending.BY_US);
        input.forget(stream, info);
        streamGone();
    }

    /** A side of that stream has ended in the regular way. */
    void sideEnded(H2Stream stream) {
        if (stream.isClosed()) {
            streams.remove(stream, StreamTable.Ending.BY_PEER);
            streamGone();
        } else if (stream.user() == null) {
            lingerUnread(stream);
        }
    }

    /** Its user has nothing more to do with that stream; what waits is still sent. */
    void leave(H2Stream stream) {
        stream.user(null);
        stream.wantsWriteable = false;
        stream.deadlineNs = H2Stream.NO_DEADLINE;
        lingerUnread(stream);
    }

    /**
     * The answer is out, and nobody reads what still comes: for a while it is let come, for there are clients that lose the
     * answer when a reset comes with it, and some that wait for ever for credit. Then the peer is told to stop (RFC 9113
     * 8.1).
     */
    private void lingerUnread(H2Stream stream) {
        if (stream.state() == StreamState.HALF_CLOSED_LOCAL) {
            stream.deadlineNs =
                    nowNs() + connection.net().limits().lingerTimeout().toNanos();
            times.watch(stream.deadlineNs);
        }
    }

    /** Nobody reads that stream, and the peer does not end it. */
    void stopUnread(H2Stream stream) {
        reset(stream, H2Error.NO_ERROR, CloseInfo.local(0, "answered"));
    }

    private void streamGone() {
        if (streams.count() == 0) {
            times.idle();
            if (ending == Ending.LAST_STREAMS) {
                connection.close(CloseInfo.local(0, "last stream ended"));
            }
        }
        side.onStreamGone(this);
    }

    /** What a user threw ends its stream alone. */
    void threw(H2Stream stream, Throwable e) {
        StreamUser user = stream.user();
        if (e instanceof ProtocolException violation) {
            if (user == null || !user.onViolation(stream, violation)) {
                streamError(stream, violation.code(), violation.reason());
            }
            return;
        }
        LOG.error(connection.tag(), "a callback threw; its stream ends", e);
        if (user != null) {
            stream.user(null);
            try {
                user.onThrew(stream, e);
            } catch (Throwable second) {
                LOG.error(connection.tag(), "telling the peer so threw, too", second);
            }
            tellClosed(user, CloseInfo.callback(e));
        }
        if (stream.endWaiting || stream.state() == StreamState.HALF_CLOSED_LOCAL) {
            leave(stream);
        } else {
            reset(stream, H2Error.INTERNAL_ERROR, CloseInfo.callback(e)); // what waits of an answer never ends
        }
    }

    void tellClosed(StreamUser user, CloseInfo info) {
        try {
            user.onClosed(info);
        } catch (Throwable e) {
            LOG.error(connection.tag(), "onClosed threw", e);
        }
    }

    // ---- output

    @Override
    public void onWriteable() {
        greet();
        output.onWriteable();
    }

    // ---- time

    @Override
    public void onTimeout(TimeoutReason reason) {
        if (ending == Ending.ANNOUNCED) {
            lastStreams();
        }
        if (!times.check(streams.snapshot())) {
            lastStreams();
            connection.close(CloseInfo.timeout(reason.name()));
        }
    }

    /** A deadline of that stream has passed. */
    void late(H2Stream stream) {
        StreamUser user = stream.user();
        if (user != null) {
            user.onTimeout(stream);
        } else {
            stopUnread(stream);
        }
    }

    // ---- the connection's end

    /** GOAWAY, with the last stream that has been or will be taken. */
    private void say(int code, String reason) {
        greet();
        String text = reason.length() > GOAWAY_TEXT_BYTES ? reason.substring(0, GOAWAY_TEXT_BYTES) : reason;
        ByteBuffer out = connection.out(H2FrameWriter.GOAWAY_BYTES + GOAWAY_TEXT_BYTES);
        H2FrameWriter.goAway(out, lastTakenId, code, text);
    }

    @Override
    public void onViolation(ProtocolException violation) {
        say(violation.code(), violation.reason());
    }

    /** An origin says in a GOAWAY, too, what may be asked again elsewhere. */
    @Override
    public boolean awaitsAnswer() {
        return !side.isServer();
    }

    @Override
    public boolean onCallbackThrew(Throwable thrown) {
        say(H2Error.INTERNAL_ERROR, "");
        return true;
    }

    @Override
    public void onPeerFin() {
        side.onPeerFin();
        for (H2Stream stream : streams.snapshot()) {
            if (stream.state().mayReceive()) {
                reset(stream, H2Error.CANCEL, new CloseInfo(0, "end of stream", Initiator.NETWORK, null));
            }
        }
        ending = Ending.LAST_STREAMS;
        if (streams.count() == 0) {
            connection.close(CloseInfo.peer(0, "end of stream"));
        }
    }

    /** Says so first, and takes what is on its way until the peer has surely heard it. */
    @Override
    public void onDrain() {
        if (ending != Ending.NOT) {
            return;
        }
        if (!side.isServer()) {
            side.onDrain(this);
            return;
        }
        greet();
        ending = Ending.ANNOUNCED;
        ByteBuffer out = connection.out(H2FrameWriter.GOAWAY_BYTES + H2FrameWriter.PING_BYTES);
        H2FrameWriter.goAway(out, Integer.MAX_VALUE, H2Error.NO_ERROR, "");
        H2FrameWriter.ping(out, 0, DRAIN_PING);
        times.watch(nowNs() + connection.net().limits().lingerTimeout().toNanos());
    }

    /** The streams there are go on; new requests belong on a new connection. */
    @Override
    public void onRetire() {
        if (side.isServer()) {
            onDrain();
        }
    }

    /** From now on no stream is taken any more. */
    void lastStreams() {
        if (ending != Ending.LAST_STREAMS) {
            ending = Ending.LAST_STREAMS;
            say(H2Error.NO_ERROR, "");
        }
        if (streams.count() == 0) {
            connection.close(CloseInfo.local(0, "connection drained"));
        }
    }

    @Override
    public void onClosed(CloseInfo info) {
        for (H2Stream stream : streams.snapshot()) {
            stream.happened(Event.RESET);
            streams.remove(stream, StreamTable.Ending.BY_PEER);
            input.forget(stream, info);
        }
        streams.unfinished().forEach(stream -> input.forget(stream, info));
        side.onClosed(info);
    }
}
