package io.lws.http.site;

import io.lws.CloseInfo;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.site.Gate.Decision;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Stands for the protocol of a mount where requests to it are guarded, named, logged or compressed. */
public final class SiteProtocol implements HttpProtocol<SiteProtocol.Pss> {
    /** The transaction as the protocol behind sees it. */
    static final class Pss {
        private @Nullable SiteTransaction<?> inner;

        private Pss() {}
    }

    private final HttpProtocol<?> served;
    private final Mount mount;
    private final SiteServices services;
    private final @Nullable Gate gate;

    public SiteProtocol(HttpProtocol<?> served, Mount mount, SiteServices services, @Nullable Gate gate) {
        this.served = served;
        this.mount = mount;
        this.services = services;
        this.gate = gate;
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        Decision decision = gate == null ? Decision.Pass.UNASKED : gate.decide(http.request());
        HttpProtocol<?> chosen = served;
        String user = null;
        if (decision instanceof Decision.Refuse refuse) {
            chosen = new Refusal(refuse.status(), refuse.headers());
        } else if (decision instanceof Decision.Divert divert) {
            chosen = divert.protocol();
        } else if (decision instanceof Decision.Pass pass) {
            user = pass.user();
        }
        SiteTransaction<?> inner = SiteTransaction.of(http, chosen, services, mount.compression(), user);
        http.pss().inner = inner;
        inner.begin();
    }

    private static SiteTransaction<?> inner(HttpTransaction<Pss> http) {
        SiteTransaction<?> inner = http.pss().inner;
        if (inner == null) {
            throw new IllegalStateException("not begun");
        }
        return inner;
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        inner(http).body(rx);
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        inner(http).bodyComplete();
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        inner(http).writeable(tx);
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        SiteTransaction<?> inner = http.pss().inner;
        if (inner != null) { // else whoever guards it threw
            inner.closed(info);
        }
    }

    /** Answers with an error. */
    private record Refusal(int status, Headers headers) implements HttpProtocol<Object> {
        @Override
        public void onRequest(HttpTransaction<Object> http) {
            http.respondError(status, headers, "");
        }
    }
}
