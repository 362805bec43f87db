package io.lws.net;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;

/**
 * Stands where a connection has no role: before the first is made, after the last has been told of the end, and until
 * whoever asked for a tunnel puts a role of its own there. Leaves what comes for the next one.
 */
public enum NoRole implements RoleConnection {
    INSTANCE;

    @Override
    public String roleName() {
        return "none";
    }

    @Override
    public void onReadable(ByteBuffer in) {}

    @Override
    public void onWriteable() {}

    @Override
    public void onPeerFin() {}

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {}

    @Override
    public void onDrain() {}

    @Override
    public void onClosed(CloseInfo info) {}
}
