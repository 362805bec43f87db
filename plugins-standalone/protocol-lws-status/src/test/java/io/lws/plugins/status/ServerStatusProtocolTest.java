package io.lws.plugins.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.HttpTraffic;
import io.lws.http.Mount;
import io.lws.http.auth.BasicAuth;
import io.lws.testing.JdkWebSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ServerStatusProtocolTest {
    private static final String NAME = "lws-server-status";

    private static Context serve(InetSocketAddress where, Mount mount) {
        return Context.builder()
                .loops(2)
                .vhost(Vhost.builder("localhost")
                        .listen(where)
                        .protocol(NAME, new ServerStatusPlugin().factory(), ProtocolOptions.of("interval-ms", "50"))
                        .mount(mount)
                        .option(new HttpTraffic())
                        .build())
                .build()
                .start();
    }

    private static Context serve() {
        return serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Mount.callback("/status", NAME));
    }

    private static int port(Context context) {
        return context.vhosts().get(0).port();
    }

    @Test
    void tellsOneWhoLooksOfConnectionsAndLoops() throws InterruptedException {
        try (Context context = serve();
                JdkWebSocket client = new JdkWebSocket(port(context), "status/", NAME)) {
            String figures = client.hear();
            assertTrue(figures.contains("\"generations\":[{\"number\":1,\"state\":\"serving\""), figures);
            while (!figures.matches(".*\"bytesOut\":[1-9]\\d*,\"made\":1,.*")) {
                figures = client.hear(); // the first may be taken before the answer to the handshake is on its way
            }
            assertTrue(figures.contains("\"http\":{\"answers\":[0, 0, 0, 0, 0],\"slots\":[0, "), figures);
            assertTrue(figures.contains("\"kinds\":{\"ws open\":1}"), figures);
            assertTrue(figures.contains("\"vhosts\":[{\"name\":\"localhost\",\"port\":" + port(context)), figures);
            assertTrue(client.hear().startsWith("{\"pid\":"));
        }
    }

    @Test
    void sendsItsPage() throws Exception {
        try (Context context = serve()) {
            HttpClient browser = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build();
            for (String each : new String[] {"", "/", "/status.js", "/plots.js", "/format.js", "/status.css", "/icon.svg"}) {
                URI uri = URI.create("http://127.0.0.1:" + port(context) + "/status" + each);
                HttpResponse<String> answer = browser.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode());
                assertTrue(answer.body().length() > 200);
            }
        }
    }

    @Test
    void letsNobodyPassBesideItsMount() {
        try (Context context = serve()) {
            assertThrows(CompletionException.class, () -> new JdkWebSocket(port(context), "", NAME));
        }
    }

    @Test
    void showsItselfToNobodyFromElsewhereWithoutAPassword() {
        InetSocketAddress anywhere = new InetSocketAddress(0);
        Mount open = Mount.callback("/status", NAME);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> serve(anywhere, open));
        assertTrue(e.getMessage().contains("give it basic-auth"), e.getMessage());
        try (Context context = serve(anywhere, open.authenticated(BasicAuth.of("x", Map.of("u", "p"))))) {
            assertThrows(CompletionException.class, () -> new JdkWebSocket(port(context), "status/", NAME));
        }
    }
}
