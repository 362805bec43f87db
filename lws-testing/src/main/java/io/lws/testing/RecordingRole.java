package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A role that writes down what it is told, one line an event, and does what the test gives it to do: {@code read abc},
 * {@code writeable}, {@code fin}, {@code violation 1002 why}, {@code timeout USER}, {@code drain}, {@code closed PEER 0
 * fin}. Left alone it reads everything, closes at the peer's FIN, at a timeout and when drained.
 */
public final class RecordingRole implements RoleConnection {
    private final List<String> events = new ArrayList<>();
    private final String name;
    private @Nullable Connection connection;
    private @Nullable CloseInfo closeInfo;
    private Consumer<ByteBuffer> reading = in -> in.position(in.limit());
    private Runnable writing = () -> {};
    private Runnable atFin = () -> connection().close(CloseInfo.peer(0, "fin"));
    private Consumer<TimeoutReason> atTimeout = reason -> connection().close(CloseInfo.timeout(reason.name()));
    private Consumer<ProtocolException> atViolation = violation -> {};
    private Runnable atDrain = () -> connection().close(CloseInfo.local(0, "drained"));
    private Consumer<CloseInfo> atClosed = info -> {};
    private boolean asking;

    public RecordingRole() {
        this("recording");
    }

    /** {@code name} is its {@link #roleName}. */
    public RecordingRole(String name) {
        this.name = name;
    }

    // ---- what it does

    /** Joins {@code to}; a {@link Connection.RoleFactory} as {@code role::attach}. */
    public RecordingRole attach(Connection to) {
        connection = to;
        return this;
    }

    public RecordingRole onRead(Consumer<ByteBuffer> action) {
        reading = action;
        return this;
    }

    public RecordingRole onWrite(Runnable action) {
        writing = action;
        return this;
    }

    public RecordingRole onFin(Runnable action) {
        atFin = action;
        return this;
    }

    public RecordingRole atTimeout(Consumer<TimeoutReason> action) {
        atTimeout = action;
        return this;
    }

    public RecordingRole atViolation(Consumer<ProtocolException> action) {
        atViolation = action;
        return this;
    }

    public RecordingRole atDrain(Runnable action) {
        atDrain = action;
        return this;
    }

    public RecordingRole atClosed(Consumer<CloseInfo> action) {
        atClosed = action;
        return this;
    }

    /** From now on it {@link #awaitsAnswer}. */
    public RecordingRole asking() {
        asking = true;
        return this;
    }

    /** Reads everything and sends it back at once. */
    public RecordingRole echoing() {
        return onRead(in -> connection().write(in));
    }

    // ---- what it saw

    public Connection connection() {
        Connection joined = connection;
        if (joined == null) {
            throw new IllegalStateException("not attached to a connection");
        }
        return joined;
    }

    /** What {@code onClosed} brought, or {@code null} before it came. */
    public @Nullable CloseInfo closeInfo() {
        return closeInfo;
    }

    /** Everything so far, oldest first. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Asserts that exactly these came since the last call, and forgets them. */
    public void assertEvents(String... expected) {
        List<String> seen = events();
        events.clear();
        assertEquals(List.of(expected), seen, name);
    }

    /** Forgets what came so far. */
    public void forget() {
        events.clear();
    }

    // ---- what it is told

    @Override
    public String roleName() {
        return name;
    }

    @Override
    public void onReadable(ByteBuffer in) {
        ByteBuffer before = in.duplicate();
        int at = events.size();
        try {
            reading.accept(in);
        } finally {
            // the line says what was taken, and stands before those of what it led to
            before.limit(Math.max(before.position(), in.position()));
            events.add(at, "read " + StandardCharsets.ISO_8859_1.decode(before));
        }
    }

    @Override
    public void onWriteable() {
        events.add("writeable");
        writing.run();
    }

    @Override
    public void onPeerFin() {
        events.add("fin");
        atFin.run();
    }

    @Override
    public void onViolation(ProtocolException violation) {
        events.add("violation " + violation.code() + " " + violation.reason());
        atViolation.accept(violation);
    }

    @Override
    public boolean awaitsAnswer() {
        return asking;
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        events.add("timeout " + reason);
        atTimeout.accept(reason);
    }

    @Override
    public void onDrain() {
        events.add("drain");
        atDrain.run();
    }

    @Override
    public void onClosed(CloseInfo info) {
        closeInfo = info;
        events.add("closed " + info.initiator() + " " + info.code() + " " + info.reason());
        atClosed.accept(info);
    }
}
