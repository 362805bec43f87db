package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads nothing, only looks: who is chosen gets every byte. */
final class FirstBytes implements RoleConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final RawFallback fallback;
    private final Supplier<RoleConnection> http;
    private final Supplier<RoleConnection> raw;

    FirstBytes(
            Connection connection, RawFallback fallback, Supplier<RoleConnection> http, Supplier<RoleConnection> raw) {
        this.connection = connection;
        this.fallback = fallback;
        this.http = http;
        this.raw = raw;
        Duration wait = fallback.silentFor().isZero() ? PATIENCE : fallback.silentFor();
        connection.setTimeout(TimeoutReason.AWAITING_HEADERS, wait.toNanos());
    }

    @Override
    public String roleName() {
        return FallbackRole.NAME;
    }

    @Override
    public void onReadable(ByteBuffer in) {
        switch (HttpStart.of(in)) {
            case HTTP -> become(http);
            case OTHER -> become(raw);
            case MORE -> {}
        }
    }

    private void become(Supplier<RoleConnection> role) {
        connection.replaceRole(same -> role.get());
    }

    @Override
    public void onWriteable() {}

    /** Nothing more will come to decide by. Who is chosen hears of the end behind the bytes, which it gets next turn. */
    @Override
    public void onPeerFin() {
        become(raw);
        EventLoop loop = connection.loop();
        loop.serveNextTurn(() -> loop.serveThisTurn(
                () -> connection.execute(() -> connection.role().onPeerFin())));
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {
        if (fallback.silentFor().isZero()) {
            connection.abort(CloseInfo.timeout(reason.name()));
        } else {
            become(raw);
        }
    }

    @Override
    public void onDrain() {
        connection.close(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {}
}
