package io.lws.tls;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.net.LoopNet;
import io.lws.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over any transport. Holds memory of its own only for the beginning of a record whose end has not arrived, and for
 * ciphertext the peer does not take; everything else happens in the loop's shared buffers.
 *
 * <p>The handshake goes on inside {@link #read}, which returns 0 until it is done. After that, an end of stream without
 * close_notify is a {@link TlsException}, not an end.
 */
final class TlsTransport implements Transport, Transport.Events {
    /** What the role that waits for the handshake wants to know; one of the two, once, inside {@link #read}. */
    interface Outcome {
        void onHandshakeDone(TlsInfo info);

        void onHandshakeFailed(TlsException why);
    }

    private enum State {
        HANDSHAKING,
        /** A delegated task is being run elsewhere: nothing is read until it is done. */
        WORKING,
        OPEN,
        /** The alert is out; what still comes is thrown away. */
        FAILED,
        CLOSED
    }

    private final LoopNet net;
    private final Transport below;
    private final TlsLink link;
    private final SSLEngine engine;
    private final Outcome outcome;
    private final TlsOutput output;
    private final TlsHandshake handshake;
    private final TlsInput input;
    private State state = State.HANDSHAKING;
    private int wanted = Interest.READ;
    private int interest = Interest.READ;
    /** The peer, who has to wait for a task, has gone on nonetheless: rare, so only then the socket is left alone. */
    private boolean deaf;

    private @Nullable TlsException failure;
    private @Nullable Events above;
    private @Nullable TlsInfo info;

    /** Takes over {@code below}, which is open. {@code first} is what has been read from it already. */
    TlsTransport(LoopNet net, Transport below, TlsLink link, ByteBuffer first, Outcome outcome) {
        this.net = net;
        this.below = below;
        this.link = link;
        this.engine = link.engine();
        this.outcome = outcome;
        TlsLoop loop = TlsLoop.of(net);
        TlsBuffers buffers = below.tls() == null
                ? loop.buffers(link.wantsDirectBuffers())
                : loop.upperBuffers(link.wantsDirectBuffers());
        this.output = new TlsOutput(below, buffers);
        this.handshake = new TlsHandshake(link, output);
        this.input = new TlsInput(net, below, link, buffers, handshake, first);
    }

    @Override
    public void open(EventLoop loop, Events events) throws IOException {
        above = events;
        below.tell(this);
        below.interest(Interest.READ);
        engine.beginHandshake();
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    SSLEngine engine() {
        return engine;
    }

    @Override
    public @Nullable TlsInfo tls() {
        return info;
    }

    // ---- from below

    @Override
    public void onReadable() {
        Events events = above;
        if (state == State.WORKING) {
            deaf = true;
            updateInterest();
        } else if (events != null) {
            events.onReadable();
        }
    }

    @Override
    public void onWriteable() {
        Events events = above;
        if (events == null) {
            return;
        }
        try {
            output.flush();
        } catch (IOException e) {
            output.discard();
            fail(e);
        }
        updateInterest();
        events.onWriteable();
    }

    // ---- reading

    @Override
    public boolean hasBuffered() {
        return state != State.WORKING && (input.isBuffered() || below.hasBuffered());
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (input.hasPlain()) {
            return input.takePlain(dst);
        }
        if (state == State.WORKING || state == State.CLOSED) {
            return 0;
        }
        if (state == State.FAILED) {
            return readInVain();
        }
        boolean shaking = info == null;
        int start = dst.position();
        ByteBuffer in = input.read(dst);
        try {
            advance(in, dst);
        } catch (SSLException | TlsException | RuntimeException e) {
            fail(e);
        }
        int produced = dst.position() - start;
        if (shaking && produced > 0 && output.holdBack()) {
            net.loop().serveAtEndOfTurn(this::sendHeldBack);
        } else {
            if (shaking) {
                output.sendHeldBack();
            }
            output.send();
        }
        input.keep(in, produced, rest());
        updateInterest();
        return produced > 0 ? produced : nothingProduced();
    }

    /** The end of the handshake, where what came with the peer's was not answered at once. */
    private void sendHeldBack() {
        try {
            output.sendHeldBack();
        } catch (IOException e) {
            output.discard(); // the next read will say it again
        }
        updateInterest();
    }

    private TlsInput.Rest rest() {
        return switch (state) {
            case OPEN -> TlsInput.Rest.IS_READABLE;
            case FAILED -> TlsInput.Rest.IS_LOST;
            default -> TlsInput.Rest.AWAITS_MORE;
        };
    }

    private int nothingProduced() throws TlsException {
        if (failure != null && info != null) {
            throw failure;
        }
        if (input.isBuffered() || state != State.OPEN || input.end() == TlsInput.End.NO) {
            return 0;
        }
        if (input.end() == TlsInput.End.FIN) {
            throw new TlsException(TlsException.Reason.TRUNCATED, "TLS truncated", null);
        }
        return -1;
    }

    /** A failed handshake has been told and the connection lingers; a failure after it has still to be told. */
    private int readInVain() throws IOException {
        if (failure != null && info != null) {
            throw failure;
        }
        return input.readInVain();
    }

    /** Goes through the records of {@code in} until there is no whole one, no room, or work to wait for. */
    private void advance(ByteBuffer in, ByteBuffer dst) throws IOException {
        boolean going = true;
        while (going) {
            going = switch (state) {
                case HANDSHAKING -> shake(in, dst);
                case OPEN -> input.unwrap(in, dst, info);
                default -> false;
            };
        }
    }

    // ---- handshake

    private boolean shake(ByteBuffer in, ByteBuffer dst) throws IOException {
        switch (handshake.step(in, dst)) {
            case GOES_ON:
                return true;
            case HAS_TASK:
                output.send();
                return runTasks();
            case DONE:
                output.holdBack(); // who is told may write to others, with whom the buffer is shared
                handshakeDone();
                return true;
            case CLOSED:
                throw new SSLException("the peer closed during the handshake");
            default:
                if (input.end() != TlsInput.End.NO) {
                    throw new SSLException("the peer went away during the handshake");
                }
                return false;
        }
    }

    private boolean runTasks() {
        Runnable work = handshake.tasks();
        if (link.tasks() == TlsTasks.ON_LOOP) {
            work.run();
            return true;
        }
        state = State.WORKING;
        TlsLoop.of(net).execute(() -> {
            try {
                work.run();
            } finally {
                net.loop().execute(this::afterTasks);
            }
        });
        return false;
    }

    private void afterTasks() {
        Events events = above;
        if (state == State.WORKING && events != null) {
            state = State.HANDSHAKING;
            deaf = false;
            input.lookAgain();
            updateInterest();
            events.onReadable();
        }
    }

    private void handshakeDone() {
        state = State.OPEN;
        TlsInfo agreed = handshake.result();
        info = agreed;
        outcome.onHandshakeDone(agreed);
    }

    private void fail(Exception cause) {
        TlsException why = TlsFailure.of(cause);
        boolean shaking = info == null;
        state = State.FAILED;
        failure = why;
        if (why.reason() != TlsException.Reason.REFUSED) {
            sayGoodbye(); // to the others: a close_notify would make a clean end of it
        }
        if (shaking) {
            outcome.onHandshakeFailed(why);
        }
    }

    /** The engine's alert, or its close_notify. */
    private void sayGoodbye() {
        try {
            engine.closeOutbound();
            handshake.wrapAll();
            output.send();
        } catch (IOException | RuntimeException e) {
            // an engine that has failed may fail again, and a peer that has gone need not be told
            output.discard();
        }
    }

    // ---- writing

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (state == State.FAILED || state == State.CLOSED) {
            throw new TlsException(TlsException.Reason.PROTOCOL, "TLS has ended", failure);
        }
        if (state != State.OPEN || !output.flush()) {
            return 0;
        }
        int start = src.position();
        try {
            boolean going = true;
            while (going && src.hasRemaining() && !output.isChoked()) {
                going = wrap(src);
            }
        } catch (SSLException | RuntimeException e) {
            output.buffer().clear();
            throw TlsFailure.of(e);
        }
        output.send();
        updateInterest();
        return src.position() - start;
    }

    /** One record, or room made for one. */
    private boolean wrap(ByteBuffer src) throws IOException {
        SSLEngineResult result = engine.wrap(src, output.buffer());
        switch (result.getStatus()) {
            case OK:
                return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
            case BUFFER_OVERFLOW:
                output.send();
                return true;
            default:
                throw new SSLException("TLS output is closed");
        }
    }

    @Override
    public boolean flush() throws IOException {
        return output.flush();
    }

    @Override
    public void resetUnlessEnded() {
        below.resetUnlessEnded();
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (state == State.OPEN) {
            sayGoodbye();
        }
        output.end();
        updateInterest();
    }

    // ---- the rest

    @Override
    public void interest(int interestFromAbove) {
        wanted = interestFromAbove;
        updateInterest();
    }

    private void updateInterest() {
        int now = switch (state) {
            case OPEN -> wanted;
            case HANDSHAKING, FAILED -> Interest.READ;
            case WORKING -> deaf ? Interest.NONE : Interest.READ;
            default -> Interest.NONE;
        };
        now |= output.isChoked() ? Interest.WRITE : Interest.NONE;
        if (now != interest && state != State.CLOSED) {
            interest = now;
            below.interest(now);
        }
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean idle = state != State.WORKING;
        state = State.CLOSED;
        above = null;
        input.discard();
        output.discard();
        below.close();
        link.release(idle);
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return below.localAddress();
    }
}
