package io.lws.http.client;

import io.lws.http.client.HttpClientException.Reason;
import io.lws.loop.Timer;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** By way of sockets: looks the host up off the loop, then races its addresses. */
final class SocketDialer implements Dialer {
    private final Resolver resolver;

    SocketDialer(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public Runnable dial(LoopNet net, Origin origin, HttpTimeouts timeouts, Outcome outcome) {
        Attempt attempt = new Attempt(net, origin, timeouts.connect(), outcome);
        if (origin.socket() != null) {
            attempt.connector = Connector.connect(
                    net.loop(), UnixDomainSocketAddress.of(origin.socket()), timeouts.connect(), attempt);
        } else {
            attempt.lookUp(timeouts.dns());
        }
        return attempt::cancel;
    }

    private final class Attempt implements Connector.Outcome {
        private final LoopNet net;
        private final Origin origin;
        private final Duration connectTimeout;
        private final Outcome outcome;
        private final Timer limit = new Timer(nowNs -> tooLate());
        private @Nullable Connector connector;
        private boolean over;

        Attempt(LoopNet net, Origin origin, Duration connectTimeout, Outcome outcome) {
            this.net = net;
            this.origin = origin;
            this.connectTimeout = connectTimeout;
            this.outcome = outcome;
        }

        void lookUp(Duration timeout) {
            net.loop().schedule(limit, timeout.toNanos());
            var unused = resolver.resolve(origin.host())
                    .whenComplete((found, failure) -> net.loop().execute(() -> resolved(found, failure)));
        }

        private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
            if (over) {
                return;
            }
            net.loop().cancel(limit);
            if (found == null || found.isEmpty() || failure != null) {
                Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
                unreachable(new HttpClientException(Reason.DNS, "looking up " + origin.host() + " failed", cause));
                return;
            }
            outcome.onResolved();
            Resolver known = host -> CompletableFuture.completedFuture(found);
            connector = Connector.connect(net.loop(), known, origin.host(), origin.port(), connectTimeout, this);
        }

        private void tooLate() {
            unreachable(new HttpClientException(Reason.TIMEOUT, "dns: no address of " + origin.host() + " in time"));
        }

        @Override
        public void onConnected(SocketChannel channel) {
            over = true;
            outcome.onReached(new PlainTransport(channel));
        }

        @Override
        public void onFailed(IOException why) {
            boolean late = why instanceof SocketTimeoutException;
            unreachable(new HttpClientException(
                    late ? Reason.TIMEOUT : Reason.CONNECT,
                    (late ? "connect: " : "connecting to ") + origin + ": " + why.getMessage(),
                    why));
        }

        private void unreachable(HttpClientException why) {
            cancel();
            outcome.onUnreachable(why);
        }

        void cancel() {
            over = true;
            net.loop().cancel(limit);
            Connector running = connector;
            if (running != null) {
                running.cancel();
            }
        }
    }
}
