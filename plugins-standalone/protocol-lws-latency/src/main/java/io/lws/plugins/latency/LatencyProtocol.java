package io.lws.plugins.latency;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times the events of all connections of the context, and tells everybody who is connected. */
final class LatencyProtocol implements WsProtocol<@Nullable Void> {
    private final Vhost vhost;
    private final Duration interval;
    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.CONFLATE).build();
    /** Belongs to loop 0, as what follows. */
    private final Timer timer = new Timer(nowNs -> tick());

    private int watching;

    LatencyProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
        interval = options.millis("interval-ms", Duration.ofSeconds(1));
        if (interval.isZero()) {
            throw new IllegalArgumentException("option \"interval-ms\" must be above 0");
        }
        vhost.context().loops().forEach(loop -> loop.latency().start());
    }

    @Override
    public void onEstablished(WsSession<@Nullable Void> ws) {
        everybody.add(ws);
        loopZero().execute(() -> {
            watching++;
            tick();
        });
    }

    @Override
    public void onClosed(WsSession<@Nullable Void> ws, CloseInfo info) {
        everybody.remove(ws);
        loopZero().execute(() -> watching--);
    }

    private EventLoop loopZero() {
        return vhost.context().loops().get(0);
    }

    private void tick() {
        if (watching > 0) {
            loopZero().schedule(timer, interval.toNanos());
            everybody.send(WsMessage.text(LatencyFigures.json(vhost.context())));
        }
    }
}
