package io.lws.net;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;

/** Stands where a connection has no role: before the first is made and after the last has been told of the end. */
enum NoRole implements RoleConnection {
    INSTANCE;

    @Override
    public String roleName() {
        return "none";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        in.position(in.limit());
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
