package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Mount;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpTimings;
import io.lws.http.client.HttpTimings.Handshake;
import io.lws.http.client.HttpTimings.Source;
import io.lws.http.client.HttpVersions;
import io.lws.net.Proxy;
import io.lws.testing.Peer;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the HTTP client gets from servers that are not ours, in plain text and over TLS, alone and by way of proxies that
 * are not ours either: the bytes, a connection that is used again, and a TLS session that is taken up again.
 */
class HttpClientPeersTest {
    private static final KeyMaterial KEY = DevelopmentCertificate.localhost();
    private static final byte[] CONTENT = new byte[200_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    enum Origin {
        NGINX,
        NODE,
        JETTY,
        OWN
    }

    enum Way {
        DIRECT,
        SOCKS5,
        CONNECT
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T what) {
        open.add(what);
        return what;
    }

    // ---- servers

    private int serve(Origin server, boolean tls) throws Exception {
        Files.createDirectories(directory.resolve("site"));
        Files.write(directory.resolve("site/file"), CONTENT);
        Files.writeString(directory.resolve("key.pem"), KEY.toPem());
        return switch (server) {
            case NGINX -> nginx(tls);
            case NODE -> node(tls);
            case JETTY -> jetty(tls);
            case OWN -> own(tls);
        };
    }

    private int nginx(boolean tls) throws IOException {
        Peer.NGINX.require();
        int port = Ports.free();
        opened(Nginx.start(directory, port, """
                server {
                  listen 127.0.0.1:%2$s %3$s;
                  ssl_certificate %1$s/key.pem; ssl_certificate_key %1$s/key.pem;
                  location / { root %1$s/site; }
                }
                """.formatted(directory, port, tls ? "ssl" : "")));
        return port;
    }

    private int node(boolean tls) throws IOException {
        Peer.NODE_WS.require();
        Path script = Files.writeString(directory.resolve("server.js"), """
                const fs = require('fs');
                const pem = fs.readFileSync('key.pem');
                const answer = (request, response) => response.end(fs.readFileSync('site/file'));
                const server = %s;
                server.listen(0, '127.0.0.1', () => console.log('ready x://localhost:' + server.address().port));
                """.formatted(
                        tls
                                ? "require('https').createServer({key: pem, cert: pem}, answer)"
                                : "require('http').createServer(answer)"));
        return opened(Program.start(List.of("node", script.toString()), Map.of(), directory))
                .awaitPort();
    }

    private int jetty(boolean tls) throws Exception {
        Server server = new Server();
        HttpConnectionFactory http = new HttpConnectionFactory(new HttpConfiguration());
        ServerConnector connector = new ServerConnector(server, http);
        if (tls) {
            char[] password = "x".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", KEY.key(), password, KEY.chain().toArray(X509Certificate[]::new));
            SslContextFactory.Server secure = new SslContextFactory.Server();
            secure.setKeyStore(store);
            secure.setKeyStorePassword("x");
            connector = new ServerConnector(server, new SslConnectionFactory(secure, "http/1.1"), http);
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, ByteBuffer.wrap(CONTENT), callback);
                return true;
            }
        });
        server.start();
        opened(server::stop);
        return connector.getLocalPort();
    }

    private int own(boolean tls) {
        Vhost.Builder builder = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .mount(Mount.files("/", directory.resolve("site")));
        if (tls) {
            builder.tls(TlsConfig.builder().key(KEY).build());
        }
        Vhost vhost = builder.build();
        opened(Context.builder().vhost(vhost).build().start());
        return vhost.port();
    }

    // ---- proxies

    private String proxy(Way way) throws IOException {
        int port = Ports.free();
        boolean socks = way == Way.SOCKS5;
        (socks ? Peer.MICROSOCKS : Peer.TINYPROXY).require();
        Path conf = Files.writeString(
                directory.resolve("tinyproxy.conf"),
                "Port " + port + "\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nLogLevel Critical\n");
        List<String> command = socks
                ? List.of("microsocks", "-i", "127.0.0.1", "-p", Integer.toString(port), "-u", "me", "-P", "secret")
                : List.of("tinyproxy", "-d", "-c", conf.toString());
        Program proxy = opened(Program.start(command, Map.of(), directory));
        Ports.awaitListening(proxy, port);
        return (socks ? "socks5://me:secret@127.0.0.1:" : "http://127.0.0.1:") + port;
    }

    // ---- the client

    private static HttpClient client(Vhost vhost, String proxy) {
        HttpClient.Builder builder = HttpClient.builder(vhost).versions(HttpVersions.HTTP_1_1);
        return (proxy.isEmpty() ? builder : builder.proxy(Proxy.of(proxy))).build();
    }

    private static HttpTimings fetch(HttpClient client, String url) throws Exception {
        ClientResponse response = client.get(url).get(20, TimeUnit.SECONDS);
        assertEquals(200, response.status());
        assertArrayEquals(CONTENT, response.body());
        return response.timings();
    }

    @ParameterizedTest
    @CsvSource({
        "NGINX, DIRECT", "NGINX, SOCKS5", "NGINX, CONNECT",
        "NODE, DIRECT", "NODE, SOCKS5", "NODE, CONNECT",
        "JETTY, DIRECT", "JETTY, SOCKS5", "JETTY, CONNECT",
        "OWN, DIRECT", "OWN, SOCKS5", "OWN, CONNECT",
    })
    void fetchesOverTlsAndTakesSessionsUpAgain(Origin server, Way way) throws Exception {
        String url = "https://localhost:" + serve(server, true) + "/file";
        String proxy = way == Way.DIRECT ? "" : proxy(way);
        Vhost vhost = Vhost.builder("client")
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build())
                .build();
        opened(Context.builder().vhost(vhost).build().start());
        try (HttpClient first = client(vhost, proxy);
                HttpClient second = client(vhost, proxy)) {
            HttpTimings full = fetch(first, url);
            assertEquals(Source.NEW, full.connection());
            assertEquals(Handshake.FULL, full.tls());
            assertTrue(full.connectNs() > 0 && full.tlsNs() > 0 && full.firstByteNs() > 0, full::toString);
            assertEquals(way != Way.DIRECT, full.proxyNs() > 0, full::toString);
            HttpTimings kept = fetch(first, url);
            assertEquals(Source.REUSED, kept.connection());
            assertEquals(0, kept.connectNs() + kept.proxyNs() + kept.tlsNs());
            HttpTimings resumed = fetch(second, url);
            assertEquals(Source.NEW, resumed.connection());
            assertEquals(Handshake.RESUMED, resumed.tls());
        }
    }

    /** The proxy that is handed the request itself closes its connection behind each. */
    @ParameterizedTest
    @CsvSource({
        "NGINX, DIRECT, REUSED", "NGINX, SOCKS5, REUSED", "NGINX, CONNECT, NEW",
        "NODE, DIRECT, REUSED", "NODE, SOCKS5, REUSED", "NODE, CONNECT, NEW",
        "JETTY, DIRECT, REUSED", "JETTY, SOCKS5, REUSED", "JETTY, CONNECT, NEW",
        "OWN, DIRECT, REUSED", "OWN, SOCKS5, REUSED", "OWN, CONNECT, NEW",
    })
    void fetchesInPlainText(Origin server, Way way, Source second) throws Exception {
        String url = "http://localhost:" + serve(server, false) + "/file";
        Vhost vhost = Vhost.builder("client").build();
        opened(Context.builder().vhost(vhost).build().start());
        try (HttpClient client = client(vhost, way == Way.DIRECT ? "" : proxy(way))) {
            assertEquals(Source.NEW, fetch(client, url).connection());
            assertEquals(second, fetch(client, url).connection());
        }
    }
}
