package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tries once, before anybody relies on it, whether the kernel allows io_uring and does what the poller counts on. */
final class UringCheck {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int ENTRIES = 8;
    private static final int PIECE_BYTES = 100_000;
    private static final int MAX_PIECES = 100;
    private static final long WAIT_NS = 1_000_000_000L;
    private static final int SEND_FLAGS = Calls.MSG_DONTWAIT | Calls.MSG_NOSIGNAL | Calls.MSG_WAITALL;

    private final Calls calls = new Calls();
    private final Ring ring;
    private final ReceiveBuffers buffers;
    private final SendArena arena;

    private UringCheck(Ring ring) throws IOException {
        this.ring = ring;
        buffers = new ReceiveBuffers(ring);
        arena = new SendArena(ring);
        arena.put(ByteBuffer.wrap(new byte[PIECE_BYTES]));
    }

    /** Why io_uring cannot be used; {@code null} = it can. */
    static @Nullable String failure() {
        Ring ring = null;
        try {
            ring = new Ring(ENTRIES);
            return new UringCheck(ring).check();
        } catch (IOException | RuntimeException | LinkageError e) {
            return String.valueOf(e.getMessage());
        } finally {
            if (ring != null) {
                ring.close();
            }
        }
    }

    private @Nullable String check() throws IOException {
        MemorySegment pair = Arena.ofAuto().allocate(8, 8);
        int result;
        try {
            result = (int) Native.SOCKETPAIR.invokeExact(Calls.newState(), AF_UNIX, SOCK_STREAM, 0, pair.address());
        } catch (Throwable e) {
            throw Calls.unexpected(e);
        }
        if (result < 0) {
            return "no pair of sockets";
        }
        int near = pair.get(JAVA_INT, 0);
        int far = pair.get(JAVA_INT, 4);
        try {
            if (!carriesBytes(near, far)) {
                return "what was sent did not arrive, or more was told than that";
            }
            return tellsOfARest(far) ? null : "a peer that takes no more was not told";
        } finally {
            calls.close(near);
            calls.close(far);
        }
    }

    /** Only the receiver hears of it. */
    private boolean carriesBytes(int near, int far) throws IOException {
        int receive = ring.request(Ring.RECV, Ring.BUFFER_SELECT, far, 1);
        ring.priority(receive, Ring.RECV_POLL_FIRST | Ring.RECV_MULTISHOT);
        send(near, 3);
        ring.enter(WAIT_NS);
        if (!ring.hasCompletion() || ring.userData() != 1 || ring.result() != 3) {
            return false;
        }
        boolean lent = (ring.flags() & Ring.CQE_BUFFER) != 0;
        buffers.giveBack(ring.flags() >>> Ring.CQE_BUFFER_SHIFT);
        ring.next();
        return lent && !ring.hasCompletion();
    }

    /** In the call that sends, without waiting for the peer, which does not read. */
    private boolean tellsOfARest(int far) throws IOException {
        for (int i = 0; i < MAX_PIECES; i++) {
            send(far, PIECE_BYTES);
            ring.enter(0);
            if (ring.hasCompletion()) {
                return ring.userData() == 2 && ring.result() < PIECE_BYTES;
            }
        }
        return false;
    }

    private void send(int fd, int lengthBytes) {
        int at = ring.request(Ring.SEND, Ring.CQE_SKIP_SUCCESS, fd, 2);
        ring.operationFlags(at, SEND_FLAGS);
        ring.change(at, arena.address(0), lengthBytes);
    }
}
