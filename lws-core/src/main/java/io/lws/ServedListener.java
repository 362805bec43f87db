package io.lws;

import io.lws.loop.EventLoop;
import io.lws.net.Listener;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A context's side of one listener: what it accepts belongs to these vhosts and begins in this role. Any thread. */
final class ServedListener implements Listener.Server {
    private static final Log LOG = Log.of("lws.context");

    /** Whose socket it was before this context served it. */
    private enum Origin {
        OPENED,
        TAKEN_OVER
    }

    private final Context context;
    private final Listener listener;
    private final VhostGroup vhosts;
    private final Role role;
    private final Origin origin;

    private ServedListener(Context context, Listener listener, VhostGroup vhosts, Role role, Origin origin) {
        this.context = context;
        this.listener = listener;
        this.vhosts = vhosts;
        this.role = role;
        this.origin = origin;
    }

    static ServedListener opened(Context context, Listener listener, VhostGroup vhosts, Role role) {
        return new ServedListener(context, listener, vhosts, role, Origin.OPENED);
    }

    static ServedListener takenOver(Context context, Listener listener, VhostGroup vhosts, Role role) {
        return new ServedListener(context, listener, vhosts, role, Origin.TAKEN_OVER);
    }

    Listener listener() {
        return listener;
    }

    /** Completes when this context accepts, or never will. */
    CompletableFuture<Void> serve() {
        return listener.serve(this).handle((nothing, failure) -> {
            // closed, or served by another already, is no failure
            if (failure != null && listener.isServedBy(this)) {
                LOG.error(listener.toString(), "cannot accept", failure);
            }
            return null;
        });
    }

    /** Serves without waiting for the one before. */
    void overtake() {
        listener.overtake(this);
    }

    boolean isServed() {
        return listener.isServedBy(this);
    }

    /** Closes the listener unless another context has taken it over. */
    void close() {
        listener.closeIfServedBy(this);
    }

    /** As {@link #close}, after those who have called were let in. */
    void closeAfterLastCall() {
        listener.closeAfterLastCall(this);
    }

    /** Before {@link #serve}: the context could not be built. */
    void giveUp() {
        if (origin == Origin.OPENED) {
            listener.close();
        }
    }

    /** A connection has gone. */
    void roomAgain() {
        listener.resume(this);
    }

    @Override
    public List<EventLoop> acceptLoops() {
        return context.loops();
    }

    @Override
    public VhostGroup vhosts() {
        return vhosts;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public @Nullable LoopNet place() {
        return context.leastLoaded();
    }

    @Override
    public @Nullable LoopNet placeOn(EventLoop accepting) {
        return context.hasRoom() ? context.nets().get(accepting.index()) : null;
    }

    @Override
    public boolean isEnding() {
        return context.isEnding();
    }

    @Override
    public long acceptBackoffNs() {
        return context.limits().acceptBackoff().toNanos();
    }
}
