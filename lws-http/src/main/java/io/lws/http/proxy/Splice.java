package io.lws.http.proxy;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One end of two connections that pass on to each other whatever comes, at the pace of the slower one. */
final class Splice implements RoleConnection {
    /** Ends that have nothing to say for so long are taken for gone; WebSockets that live ping more often. */
    private static final long SILENCE_NS = Duration.ofHours(1).toNanos();

    private final Connection own;
    private final Connection other;

    private Splice(Connection own, Connection other) {
        this.own = own;
        this.other = other;
    }

    private void awaitSomething() {
        own.setTimeout(TimeoutReason.USER, SILENCE_NS);
    }

    /** Takes {@code origin} over and returns the role for {@code client}. */
    static RoleConnection join(Connection client, Connection origin) {
        Splice far = new Splice(origin, client);
        origin.replaceRole(far);
        far.awaitSomething();
        return new Splice(client, origin);
    }

    @Override
    public String roleName() {
        return "splice";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        awaitSomething();
        other.write(in);
        if (!other.isReadyForOutput()) {
            own.pauseRx();
            if (other.isOpen()) {
                other.requestWriteable();
            }
        }
    }

    /** What held the other end up has gone out. */
    @Override
    public void onWriteable() {
        if (other.isOpen()) {
            other.resumeRx();
        }
    }

    @Override
    public void onPeerFin() {
        end(CloseInfo.peer(0, "end of stream"));
    }

    private void end(CloseInfo info) {
        other.close(info);
        own.close(info);
    }

    @Override
    public void onViolation(ProtocolException violation) {
        end(CloseInfo.protocol(violation));
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        end(CloseInfo.timeout(reason.name()));
    }

    @Override
    public void onDrain() {
        end(CloseInfo.local(0, "context closing"));
    }

    /** An end that was cut is passed on as one: nobody shall take it for a clean one. */
    @Override
    public void onClosed(CloseInfo info) {
        if (!other.isOpen()) {
            return;
        }
        if (info.initiator() == CloseInfo.Initiator.NETWORK) {
            other.transport().resetUnlessEnded();
            other.abort(info);
        } else {
            other.close(info);
        }
    }
}
