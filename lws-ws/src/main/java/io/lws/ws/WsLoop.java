package io.lws.ws;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.LoopNet;
import io.lws.ws.deflate.DeflaterPool;
import io.lws.ws.deflate.InflaterPool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the WebSockets of one loop share. */
final class WsLoop {
    private static final long POOL_BYTES = 4 << 20;
    private static final int TRANSFORM_BYTES = 64 << 10;
    private static final long DEFLATER_IDLE_NS = Duration.ofSeconds(10).toNanos();

    final WsFragmentPool pool = new WsFragmentPool(POOL_BYTES);
    /** Lent for the pieces of {@code onReceive}. */
    final WsFragment pieces = WsFragment.lender(pool);
    /** Lent for the whole messages of {@code onMessage}, which happens inside {@code onReceive}. */
    final WsFragment wholes = WsFragment.lender(pool);

    final InflaterPool inflaters = new InflaterPool();
    private final Map<WsDeflate, DeflaterPool> deflaters = new HashMap<>();
    private final EventLoop loop;
    private final Timer idleDeflaters = new Timer(this::endIdleDeflaters);
    private @Nullable IntSupplier maskKeys;
    private @Nullable ByteBuffer decoded;
    private @Nullable ByteBuffer encoded;

    private WsLoop(EventLoop loop) {
        this.loop = loop;
    }

    static WsLoop of(LoopNet net) {
        return net.perLoop(WsLoop.class, () -> new WsLoop(net.loop()));
    }

    /** For what clients send. */
    IntSupplier maskKeys() {
        IntSupplier keys = maskKeys;
        if (keys == null) {
            keys = new MaskKeys();
            maskKeys = keys;
        }
        return keys;
    }

    /** What a step of {@link WsDecoding} fills; its content is handed on before the next step of anyone. */
    ByteBuffer decoded() {
        ByteBuffer buffer = decoded;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(TRANSFORM_BYTES);
            decoded = buffer;
        }
        return buffer;
    }

    /** What a step of {@link WsEncoding} fills; its content is sent before the next step of anyone. */
    ByteBuffer encoded() {
        ByteBuffer buffer = encoded;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(TRANSFORM_BYTES);
            encoded = buffer;
        }
        return buffer;
    }

    long nowNs() {
        return loop.nowNs();
    }

    DeflaterPool deflaters(WsDeflate settings) {
        return deflaters.computeIfAbsent(settings, each -> new DeflaterPool(each.level(), each.maxDeflaters()));
    }

    /** Somebody may have taken a deflater, or given one back. */
    void watchDeflaters() {
        int lent = 0;
        for (DeflaterPool each : deflaters.values()) {
            lent += each.lent();
        }
        if (lent == 0) {
            loop.cancel(idleDeflaters);
        } else if (!idleDeflaters.isArmed()) {
            loop.schedule(idleDeflaters, DEFLATER_IDLE_NS);
        }
    }

    private void endIdleDeflaters(long nowNs) {
        deflaters.values().forEach(each -> each.takeBackUnusedSince(nowNs - DEFLATER_IDLE_NS + 1));
        watchDeflaters();
    }
}
