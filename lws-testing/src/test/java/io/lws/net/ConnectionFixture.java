package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Limits;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection on a loop driven by hand: the test's end of the stream is {@code far}. */
abstract class ConnectionFixture {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    final Limits limits = Limits.builder()
            .sendTimeout(Duration.ofSeconds(15))
            .lingerTimeout(Duration.ofSeconds(2))
            .maxPendingBytes(1 << 20)
            .rxStopBytes(1_000)
            .turnBytes(10_000)
            .turnWriteables(5)
            .build();
    final LoopRunner loop = leaks.loop(limits);
    final MemoryTransport near = MemoryTransport.pair();
    final MemoryTransport far = near.peer();
    final RecordingRole role = new RecordingRole();

    Connection open() {
        return loop.open(near, role::attach);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void write(String text) {
        role.connection().write(ByteBuffer.wrap(bytes(text)));
    }

    /** What the peer of a connection does when it is told of the end. */
    void finFromPeer() {
        far.fin();
        loop.settle();
    }

    void assertGone(Connection connection) {
        assertEquals(ConnectionPhase.CLOSED, connection.phase());
        assertTrue(near.isClosed());
    }
}
