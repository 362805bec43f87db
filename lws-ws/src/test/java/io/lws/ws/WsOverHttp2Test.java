package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpVersions;
import io.lws.policy.RetryPolicy;
import io.lws.testing.LeakCheck;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets on streams of HTTP/2, both ends in one context, over real sockets. */
class WsOverHttp2Test {
    private static final int SESSIONS = 20;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Set<String> ways = ConcurrentHashMap.newKeySet();
    private String text = "hello ".repeat(1000);
    private Context context;
    private Vhost server;
    private HttpClient http;

    /** Plain text by prior knowledge, or TLS by ALPN. */
    enum Way {
        PLAIN,
        TLS
    }

    private final class Echo implements WsProtocol<Void> {
        @Override
        public Verdict onUpgrade(HttpRequest request, Void pss) {
            ways.add(request.version() + " " + request.method());
            return request.path().equals("/no") ? Verdict.reject(403) : Verdict.ACCEPT;
        }

        @Override
        public void onEstablished(WsSession<Void> ws) {
            ways.add("from " + ws.remoteAddress());
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

    private WsClient.Builder serve(Way way, boolean deflate) {
        Vhost.Builder serving = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .protocol("echo", (host, options) -> new Echo());
        Vhost.Builder asking = Vhost.builder("client")
                .protocol("echo", (host, options) -> new Talker())
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build());
        WsLimits large = new WsLimits(
                16 << 20, 16 << 20, 2 << 20, 4 << 20, WsLimits.defaults().closeTimeout());
        serving.option(large);
        asking.option(large);
        if (way == Way.TLS) {
            serving.option(TlsConfig.development());
        }
        if (deflate) {
            serving.option(WsDeflate.defaults());
            asking.option(WsDeflate.defaults());
        }
        server = serving.build();
        Vhost client = asking.build();
        context = leaks.watch(
                Context.builder().vhost(server).vhost(client).loops(2).build().start());
        http = HttpClient.builder(client).versions(HttpVersions.HTTP_2).build();
        return WsClient.builder(client)
                .uri((way == Way.TLS ? "wss" : "ws") + "://localhost:" + server.port() + "/")
                .over(http)
                .protocol("echo")
                .retry(RetryPolicy.NEVER)
                .onEnd(why -> events.add("end " + why.code()));
    }

    @AfterEach
    void close() {
        http.close();
        context.close();
    }

    private String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    private void assertTalk(int sessions) throws InterruptedException {
        for (int i = 0; i < sessions * 3; i++) {
            String event = next();
            assertEquals(
                    event.startsWith("echo") ? "echo true" : event.startsWith("closed") ? "closed 1000" : "end 1000",
                    event);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void echoesOnAStream(Way way) throws InterruptedException {
        serve(way, true).connect();
        assertTalk(1);
        assertEquals(2, ways.size(), ways.toString());
        assertEquals(1, ways.stream().filter("HTTP/2 CONNECT"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void sharesOneConnection(Way way) throws InterruptedException {
        WsClient.Builder client = serve(way, false);
        for (int i = 0; i < SESSIONS; i++) {
            client.connect(context.nets().get(0));
        }
        assertTalk(SESSIONS);
        assertEquals(2, ways.size(), ways.toString());
    }

    @Test
    void passesFlowControlWithMessagesLongerThanAnyWindow() throws InterruptedException {
        WsClient.Builder client = serve(Way.PLAIN, false);
        text = "0123456789abcdef".repeat(60_000);
        client.connect();
        assertTalk(1);
    }

    @Test
    void hearsANo() throws InterruptedException {
        serve(Way.PLAIN, false).uri("ws://localhost:" + server.port() + "/no").connect();
        assertEquals("end 403", next());
    }
}
