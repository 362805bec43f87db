package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;

/** Stands on a tunnel until whoever asked for it puts a role of its own there, in the same turn. */
final class SwitchedRole implements RoleConnection {
    @Override
    public String roleName() {
        return "h2-tunnel";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        // left for the role to come
    }

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
