package io.lws.ws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.Mount;
import io.lws.http.auth.Authenticator;
import io.lws.http.auth.BasicAuth;
import io.lws.http.auth.DigestAuth;
import io.lws.http.client.HttpClient;
import io.lws.policy.RetryPolicy;
import io.lws.testing.LeakCheck;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends in one context, over real sockets. */
class WsClientServerTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private Context context;
    private @Nullable Context elsewhere;
    private Vhost server;
    private Vhost client;

    private final class Echo implements WsProtocol<Void> {
        @Override
        public Verdict onUpgrade(HttpRequest request, Void pss) {
            asked.add(request.path() + " " + request.header("cookie"));
            return Verdict.ACCEPT;
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            ws.post(rx.toMessage());
        }
    }

    private final class Talker implements WsProtocol<Void> {
        private final String text = "hello ".repeat(1000);

        @Override
        public void onEstablished(WsSession<Void> ws) {
            events.add("established " + ws.subprotocol());
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

    @AfterEach
    void close() {
        context.close();
        if (elsewhere != null) {
            elsewhere.close();
        }
    }

    private void serve(SocketAddress address, UnaryOperator<Vhost.Builder> more) {
        server = more.apply(Vhost.builder("localhost")
                        .listen(address)
                        .protocol("echo", (host, options) -> new Echo())
                        .option(WsDeflate.defaults()))
                .build();
        client = Vhost.builder("client")
                .protocol("echo", (host, options) -> new Talker())
                .option(WsDeflate.defaults())
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build())
                .build();
        context = leaks.watch(
                Context.builder().vhost(server).vhost(client).loops(2).build().start());
    }

    private WsClient.Builder client(String uri) {
        return WsClient.builder(client)
                .uri(uri)
                .protocol("echo")
                .retry(RetryPolicy.NEVER)
                .onStale(why -> events.add("stale " + why))
                .onEnd(why -> events.add("end"));
    }

    private void assertTalk() throws InterruptedException {
        assertEquals("established echo", next());
        assertEquals("echo true", next());
        assertEquals("closed 1000", next());
        assertEquals("end", next());
    }

    private String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    @Test
    void talksOverTcp() throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        client("ws://localhost:" + server.port() + "/").connect();
        assertTalk();
    }

    @Test
    void talksOverTls() throws InterruptedException {
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.tls(TlsConfig.builder()
                        .key(DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "localhost"))
                        .build()));
        client("wss://localhost:" + server.port() + "/").connect();
        assertTalk();
    }

    @Test
    void talksOverAUnixSocket(@TempDir Path directory) throws InterruptedException {
        Path path = directory.resolve("socket");
        serve(UnixDomainSocketAddress.of(path), vhost -> vhost);
        client("ws://localhost/").unixSocket(path).connect();
        assertTalk();
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void provesWhoItIs(Scheme scheme) throws InterruptedException {
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.mount(Mount.callback("/", "echo").authenticated(scheme.authenticator)));
        client("ws://me:s%C3%A9cret@localhost:" + server.port() + "/?q").connect();
        assertTalk();
        client("ws://me:wrong@localhost:" + server.port() + "/").connect();
        String stale = next();
        assertTrue(stale.contains("server answered 401"), stale);
        assertEquals("end", next());
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void provesWhoItIsOverAnHttpClient(Scheme scheme) throws InterruptedException {
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.mount(Mount.callback("/", "echo").authenticated(scheme.authenticator)));
        client("ws://me:s%C3%A9cret@localhost:" + server.port() + "/")
                .over(HttpClient.builder(client).build())
                .connect();
        assertTalk();
    }

    /** A server without WebSockets that sends everybody there, with a cookie. */
    private Vhost redirecting(String location) {
        Headers answer = Headers.of("Location", location, "Set-Cookie", "a=1; Path=/");
        Vhost sender = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .protocol("elsewhere", (host, options) ->
                        (HttpProtocol<Void>) http -> http.respond(302, answer, new byte[0]))
                .mount(Mount.callback("/", "elsewhere"))
                .build();
        elsewhere = leaks.watch(Context.builder().vhost(sender).build().start());
        return sender;
    }

    private WsClient.Builder client(Way way, String uri) {
        WsClient.Builder asking = client(uri);
        return way == Way.ITSELF
                ? asking
                : asking.over(HttpClient.builder(client).build());
    }

    /** Whoever makes the connections: the redirect's cookie goes to where that leads. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void followsARedirectWithItsCookie(Way way) throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        Vhost sender = redirecting("ws://localhost:" + server.port() + "/there");
        client(way, "ws://localhost:" + sender.port() + "/from")
                .cookies(new CookieManager())
                .connect();
        assertTalk();
        assertEquals("/there a=1", asked.poll());
    }

    @ParameterizedTest
    @CsvSource({
        "ITSELF, gopher://localhost/, neither ws nor wss",
        "OVER_A_CLIENT, gopher://localhost/, neither ws nor wss",
        "ITSELF, /again, sent round too often",
        "OVER_A_CLIENT, /again, sent round too often"
    })
    void doesNotFollow(Way way, String location, String reason) throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        Vhost sender = redirecting(location);
        client(way, "ws://localhost:" + sender.port() + "/from").connect();
        String stale = next();
        assertTrue(stale.contains(reason), stale);
        assertEquals("end", next());
    }

    private enum Way {
        ITSELF,
        OVER_A_CLIENT
    }

    private enum Scheme {
        BASIC(BasicAuth.of("realm", Map.of("me", "sécret"))),
        DIGEST(DigestAuth.of("realm", Map.of("me", "sécret")));

        final Authenticator authenticator;

        Scheme(Authenticator authenticator) {
            this.authenticator = authenticator;
        }
    }

    @Test
    void reportsARefusal() throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        client("ws://localhost:" + server.port() + "/")
                .subprotocol("unheard-of")
                .connect();
        String stale = next();
        assertTrue(stale.contains("server answered 400"), stale);
        assertEquals("end", next());
    }

    /** The first is still open when the second asks, from the same address. */
    @Test
    void refusesMoreThanItsShareFromOneAddress() throws InterruptedException {
        WsAddressCap cap = WsAddressCap.of(1);
        CompletableFuture<WsSession<Void>> first = new CompletableFuture<>();
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.option(cap).protocol("holder", (host, options) -> new WsProtocol<Void>() {
                    @Override
                    public void onEstablished(WsSession<Void> ws) {
                        first.complete(ws);
                    }
                }));
        client("ws://127.0.0.1:" + server.port() + "/").subprotocol("holder").connect();
        WsSession<Void> holder = first.join();
        assertEquals("established holder", next());
        client("ws://127.0.0.1:" + server.port() + "/").connect();
        String stale = next();
        assertTrue(stale.contains("server answered 429"), stale);
        assertEquals("end", next());
        holder.execute(holder::close);
        assertEquals("closed 1000", next());
        assertTrue(next().startsWith("stale "));
        assertEquals("end", next());
        while (cap.addresses() > 0) {
            Thread.onSpinWait(); // the server's end hears of it when the client has answered
        }
        client("ws://127.0.0.1:" + server.port() + "/").connect();
        assertTalk();
    }

    /** Throws while it agrees, or when it is set to work. */
    private record Faulty(boolean whileItAgrees) implements WsExtension {
        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public WsExtensionTerms offer() {
            return WsExtensionTerms.of("faulty");
        }

        @Override
        public WsAgreement answer(WsExtensionTerms offer) {
            if (whileItAgrees) {
                throw new IllegalStateException("on purpose");
            }
            return new WsAgreement(
                    offer,
                    WsAgreement.ReservedBit.RSV1,
                    net -> new WsTransform() {
                        @Override
                        public Progress transform(ByteBuffer in, WsPart part, ByteBuffer out) {
                            return Progress.DONE;
                        }
                    },
                    net -> {
                        throw new IllegalStateException("on purpose");
                    });
        }

        @Override
        public WsAgreement accepted(WsExtensionTerms answer) {
            return answer(answer);
        }
    }

    /** The address has none open after that, so it may have one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsNoSessionThatAnExtensionHasPrevented(boolean whileItAgrees) throws Exception {
        WsAddressCap cap = WsAddressCap.of(1);
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.option(cap).option(WsExtensions.of(new Faulty(whileItAgrees))));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(WsRig.upgrade("/", "Sec-WebSocket-Extensions: faulty")
                            .getBytes(US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            assertFalse(String.valueOf(answer).contains("101"), answer);
        }
        while (cap.addresses() > 0) {
            Thread.onSpinWait(); // the answer may be read before what is behind it is done
        }
    }

    @Test
    void endsAtOnceWhereItsContextHasEnded() throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        WsClient.Builder late = client("ws://localhost:1/").protocol(new Talker());
        context.close();
        late.connect();
        assertEquals("end", next());
    }

    @Test
    void endsWithItsContext() throws InterruptedException {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
        client("ws://localhost:1/")
                .retry(RetryPolicy.DEFAULT)
                .resolver(host -> new CompletableFuture<>())
                .connect();
        context.close();
        assertEquals("end", next());
    }
}
