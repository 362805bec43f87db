package io.lws.net;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;

/**
 * The one place for what a callback throws: a violation by the peer, which the role answers, or a fault of ours, which
 * ends the connection, after a last word where the role has one. Neither reaches another connection.
 */
final class Faults {
    private static final Log LOG = Log.of("lws.net");

    private Faults() {}

    /** Calls back, and sees to whatever is thrown. */
    static void guard(Connection connection, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            caught(connection, e);
        }
    }

    /** {@code e} came out of a callback of {@code connection}. */
    static void caught(Connection connection, Throwable e) {
        if (e instanceof ProtocolException violation) {
            violated(connection, violation);
        } else {
            threw(connection, e);
        }
    }

    private static void violated(Connection connection, ProtocolException violation) {
        if (!connection.isOpen()) {
            return;
        }
        RoleConnection role = connection.role();
        LOG.info(
                role.roleName(),
                "peer " + connection.transport().remoteAddress() + ": " + violation.code() + " " + violation.reason());
        try {
            role.onViolation(violation);
        } catch (Throwable e) {
            threw(connection, e);
        }
        connection.close(CloseInfo.protocol(violation));
    }

    private static void threw(Connection connection, Throwable e) {
        LOG.error(connection.role().roleName(), "a callback threw; its session is closed", e);
        if (connection.isOpen() && hasLastWord(connection.role(), e)) {
            connection.close(CloseInfo.callback(e));
        } else {
            connection.abort(CloseInfo.callback(e));
        }
    }

    private static boolean hasLastWord(RoleConnection role, Throwable thrown) {
        try {
            return role.onCallbackThrew(thrown);
        } catch (Throwable e) {
            LOG.error(role.roleName(), "telling the peer that a callback threw, threw", e);
            return false;
        }
    }

    /** A role that leaves a full buffer as it is will do so for ever. */
    static void assertProgress(Connection connection, ByteBuffer in, int before) {
        if (in.remaining() == before && before == in.capacity()) {
            caught(
                    connection,
                    new IllegalStateException(
                            "role " + connection.role().roleName() + " reads nothing from a full buffer"));
        }
    }

    static void tellClosed(RoleConnection role, CloseInfo info) {
        try {
            role.onClosed(info);
        } catch (Throwable e) {
            LOG.error(role.roleName(), "onClosed threw", e);
        }
    }
}
