package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.http.Mount;
import io.lws.http.RequestIds;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpVersions;
import io.lws.policy.RetryPolicy;
import io.lws.testing.LeakCheck;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets through a proxy mount: whatever version of HTTP the client comes by, the origin sees an upgrade of 1.1. */
class WsThroughProxyTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final String text = "hello ".repeat(1000);
    private Context behind;
    private Context context;
    private HttpClient http;

    private final class Echo implements WsProtocol<Void> {
        @Override
        public Verdict onUpgrade(HttpRequest request, Void pss) {
            seen.add(request.version() + " " + request.method() + " " + request.path());
            return request.path().equals("/no") ? Verdict.reject(403) : Verdict.ACCEPT;
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            ws.post(rx.toMessage());
        }
    }

    private final class Talker implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            ws.post(WsMessage.text(text));
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            events.add("echo " + rx.text().equals(text));
            ws.close();
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            events.add("closed " + info.code());
        }
    }

    private static SocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** {@code plain}: a mount that asks for nothing more; else one whose requests are named, which stands in between. */
    private WsClient.Builder serve(HttpVersions versions, boolean plain) {
        TlsClientConfig trusting = TlsClientConfig.builder()
                .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                .build();
        Vhost origin = Vhost.builder("localhost")
                .listen(anyPort())
                .option(TlsConfig.development())
                .protocol("echo", (host, options) -> new Echo())
                .build();
        behind = leaks.watch(Context.builder().vhost(origin).build().start());
        Vhost.Builder front = Vhost.builder("localhost")
                .listen(anyPort())
                .option(trusting)
                .option(TlsConfig.development())
                .mount(Mount.proxy("/far", "https://localhost:" + origin.port()))
                .mount(Mount.proxy("/closed", "https://localhost:" + origin.port())
                        .withoutUpgrades());
        if (!plain) {
            front.option(RequestIds.FRESH);
        }
        Vhost proxy = front.build();
        Vhost client = Vhost.builder("client")
                .protocol("echo", (host, options) -> new Talker())
                .option(trusting)
                .build();
        context = leaks.watch(
                Context.builder().vhost(proxy).vhost(client).loops(2).build().start());
        http = HttpClient.builder(client).versions(versions).build();
        WsClient.Builder talk = WsClient.builder(client)
                .uri("wss://localhost:" + proxy.port() + "/far/away")
                .protocol("echo")
                .retry(RetryPolicy.NEVER)
                .onEnd(why -> events.add("end " + why.code()));
        return versions == HttpVersions.HTTP_2 ? talk.over(http) : talk;
    }

    @AfterEach
    void close() {
        http.close();
        context.close();
        behind.close();
    }

    private String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, true", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
    void passesTalkOn(HttpVersions versions, boolean plain) throws InterruptedException {
        serve(versions, plain).connect();
        assertEquals("echo true", next());
        assertEquals("closed 1000", next());
        assertEquals("end 1000", next());
        assertEquals("HTTP/1.1 GET /away", seen.poll());
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, /far/no, 403", "HTTP_2, /far/no, 403", "HTTP_2, /closed/away, 501"})
    void passesARefusalOn(HttpVersions versions, String path, int status) throws InterruptedException {
        WsClient.Builder talk = serve(versions, false);
        int port = context.vhosts().get(0).port();
        talk.uri("wss://localhost:" + port + path).connect();
        assertEquals("end " + status, next());
    }
}
