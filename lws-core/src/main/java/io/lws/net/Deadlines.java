package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection waits for and for how long: one timer for the role's timeout and for the peer that shall take output
 * or, at the end, say its own FIN. Made when first needed. Its loop's thread.
 */
final class Deadlines implements Timer.Action {
    private static final long NONE = 0;

    private final Connection connection;
    private final Timer timer = new Timer(this);
    private @Nullable TimeoutReason roleReason;
    private long roleNs = NONE;
    private long sendNs = NONE;

    Deadlines(Connection connection) {
        this.connection = connection;
    }

    void setRole(TimeoutReason reason, long delayNs) {
        roleReason = reason;
        roleNs = after(delayNs);
        arm();
    }

    void clearRole() {
        roleReason = null;
        roleNs = NONE;
    }

    void setSend(long delayNs) {
        sendNs = after(delayNs);
        arm();
    }

    void clearSend() {
        sendNs = NONE;
    }

    void cancel() {
        clearRole();
        clearSend();
        connection.loop().cancel(timer);
    }

    @Override
    public void onTimer(long nowNs) {
        if (leftNs(sendNs) == 0) {
            sendNs = NONE;
            connection.onSendTimeout();
        } else if (leftNs(roleNs) == 0 && roleReason != null) {
            TimeoutReason reason = roleReason;
            clearRole();
            connection.onRoleTimeout(reason);
        }
        if (connection.phase() != ConnectionPhase.CLOSED) {
            arm();
        }
    }

    private long after(long delayNs) {
        long at = connection.loop().nowNs() + delayNs;
        return at == NONE ? 1 : at;
    }

    private void arm() {
        long soonestNs = Math.min(leftNs(roleNs), leftNs(sendNs));
        if (soonestNs != Long.MAX_VALUE) {
            EventLoop loop = connection.loop();
            loop.schedule(timer, soonestNs);
        }
    }

    private long leftNs(long deadlineNs) {
        return deadlineNs == NONE
                ? Long.MAX_VALUE
                : Math.max(0, deadlineNs - connection.loop().nowNs());
    }
}
