package io.lws.plugins.status;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTraffic;
import io.lws.http.HttpTransaction;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.spi.Generations;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A page at its mount, and the figures it draws over a WebSocket at the same path. Nobody looks, nothing is counted. */
final class ServerStatusProtocol implements HttpProtocol<@Nullable Void>, WsProtocol<@Nullable Void> {
    static final String NAME = "lws-server-status";

    private final Vhost vhost;
    private final Duration interval;
    private final Admission admission;
    private final Instant since = Instant.now();
    private final Page page = new Page();
    private final AtomicInteger watching = new AtomicInteger();
    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.CONFLATE).build();
    /** Belongs to loop 0. */
    private final Timer timer = new Timer(nowNs -> tick());

    private boolean ticking;

    ServerStatusProtocol(Vhost vhost, ProtocolOptions options) {
        this.vhost = vhost;
        interval = options.millis("interval-ms", Duration.ofSeconds(1));
        if (interval.isZero()) {
            throw new IllegalArgumentException("option \"interval-ms\" must be above 0");
        }
        admission = new Admission(vhost, NAME);
    }

    /** One class for both: it has no state of either. */
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Void newPss() {
        return null;
    }

    @Override
    public void onRequest(HttpTransaction<@Nullable Void> http) {
        page.answer(http);
    }

    @Override
    public Verdict onUpgrade(HttpRequest request, @Nullable Void none) {
        return admission.admits(request.path()) ? Verdict.ACCEPT : Verdict.reject(403, "to be asked for at its mount");
    }

    @Override
    public void onEstablished(WsSession<@Nullable Void> ws) {
        everybody.add(ws);
        watching.incrementAndGet();
        loopZero().execute(() -> {
            if (!ticking) {
                ticking = true;
                tick();
            }
        });
    }

    @Override
    public void onClosed(WsSession<@Nullable Void> ws, CloseInfo info) {
        everybody.remove(ws);
        watching.decrementAndGet();
    }

    private EventLoop loopZero() {
        return vhost.context().loops().get(0);
    }

    private void tick() {
        if (watching.get() == 0) {
            ticking = false;
            return;
        }
        loopZero().schedule(timer, interval.toNanos());
        List<Generations.One> generations = generations();
        List<Context> contexts =
                generations.stream().map(Generations.One::context).toList();
        HttpTraffic traffic = vhost.option(HttpTraffic.class);
        Census.take(
                contexts,
                census -> everybody.send(WsMessage.text(ServerFigures.json(generations, census, traffic))));
    }

    private List<Generations.One> generations() {
        Generations known = vhost.option(Generations.class);
        List<Generations.One> all = known == null ? List.of() : known.all();
        return all.isEmpty() ? List.of(new Generations.One(1, since, vhost.context(), List.of())) : all;
    }

    /** What a mount that is asked for something else says. */
    static void nothingHere(HttpTransaction<@Nullable Void> http) {
        http.respondError(404, Headers.EMPTY, "");
    }
}
