package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.policy.ValidityPolicy;
import io.lws.policy.ValidityWatch;
import java.nio.ByteBuffer;

/** Pings a peer that is silent, and leaves one that stays so. */
final class WsLiveness {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Connection connection;
    private final WsOutput output;
    private final ValidityWatch watch;

    WsLiveness(Connection connection, WsOutput output, ValidityPolicy policy) {
        this.connection = connection;
        this.output = output;
        this.watch = new ValidityWatch(policy, connection.loop().nowNs());
        arm(connection.loop().nowNs());
    }

    private void arm(long nowNs) {
        connection.setTimeout(TimeoutReason.AWAITING_PING, watch.delayNs(nowNs));
    }

    void onSignOfLife() {
        watch.onSignOfLife(connection.loop().nowNs());
    }

    /** Its time has come. */
    void check() {
        long nowNs = connection.loop().nowNs();
        if (!connection.isReading()) {
            // it is us who do not listen; to notice a reset all the same, something has to be sent
            boolean asks = !connection.isChoked() && watch.step(nowNs) != ValidityWatch.Step.WAIT;
            watch.onSignOfLife(nowNs);
            if (asks) {
                ping();
            }
        }
        switch (watch.step(nowNs)) {
            case HANG_UP ->
                connection.abort(new CloseInfo(WsCloseCode.ABNORMAL, "no sign of life", Initiator.TIMEOUT, null));
            case PING -> ping();
            case WAIT -> {
                // something came meanwhile
            }
        }
        arm(nowNs);
    }

    private void ping() {
        output.control(WsWire.PING, NOTHING, 0, 0);
    }
}
