package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpVersion;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.http.client.RequestBody;
import io.lws.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library's HTTP/2 client and servers that others wrote: everything over one connection, byte for byte. */
@Timeout(120)
class Http2OriginsTest {
    private static final Downloads.Result ALL_OVER_ONE = new Downloads.Result(Downloads.Result.ALL, 1);

    @TempDir
    Path directory;

    private Path files = Path.of(".");
    private Downloads downloads;

    @BeforeEach
    void makeFiles() throws IOException {
        files = Files.createDirectory(directory.resolve("files"));
        downloads = new Downloads(files);
    }

    private Path keyFile() throws IOException {
        return Files.writeString(directory.resolve("key.pem"), SecureServer.EC.toPem());
    }

    @ParameterizedTest
    @EnumSource(Http2Site.Wire.class)
    void ourselves(Http2Site.Wire wire) throws Exception {
        try (Http2Site site = new Http2Site(wire, files)) {
            assertEquals(ALL_OVER_ONE, downloads.from(site.origin()));
        }
    }

    // ---- nginx

    /** It numbers its connections in the log; {@code requests} is how many it takes on each before GOAWAY. */
    private Program nginxOrigin(int port, int requests) throws IOException {
        return Nginx.start(directory, port, """
                log_format numbers '$connection $request';
                keepalive_requests %4$s;
                server {
                  access_log %1$s/access.log numbers;
                  listen 127.0.0.1:%2$s ssl http2;
                  ssl_certificate %3$s;
                  ssl_certificate_key %3$s;
                  root %5$s;
                }
                """.formatted(directory, port, keyFile(), requests, files));
    }

    private long connectionsInLog() {
        try (Stream<String> lines = Files.lines(directory.resolve("access.log"))) {
            return lines.filter(line -> line.contains(" GET /"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .distinct()
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It writes down a request when it has sent the answer, which the client may have read by then. */
    private void awaitInLog(int connections) {
        Await.until(
                connections + " connections in the log",
                Duration.ofSeconds(20),
                () -> connectionsInLog() >= connections);
    }

    @Test
    void nginx() throws Exception {
        Peer.NGINX.require();
        int port = Ports.free();
        try (Program nginx = nginxOrigin(port, 100_000)) {
            assertEquals(ALL_OVER_ONE, downloads.from("https://localhost:" + port), nginx::output);
            awaitInLog(1);
            assertEquals(1, connectionsInLog());
        }
    }

    /** What it has not looked at when it says GOAWAY is asked again, on the next connection. */
    @Test
    void nginxThatGoesAwayTenTimes() throws Exception {
        Peer.NGINX.require();
        int port = Ports.free();
        try (Program nginx = nginxOrigin(port, 100)) {
            Downloads.Result result = downloads.from("https://localhost:" + port);
            assertEquals(Downloads.Result.ALL, result.right(), nginx::output);
            awaitInLog(10);
        }
    }

    // ---- nghttpd

    @ParameterizedTest
    @EnumSource(Http2Site.Wire.class)
    void nghttpd(Http2Site.Wire wire) throws Exception {
        Peer.NGHTTP2_SERVER.require();
        int port = Ports.free();
        String number = Integer.toString(port);
        List<String> command = wire == Http2Site.Wire.PLAIN
                ? List.of("nghttpd", "-d", files.toString(), "--no-tls", number)
                : List.of(
                        "nghttpd",
                        "-d",
                        files.toString(),
                        number,
                        keyFile().toString(),
                        keyFile().toString());
        try (Program nghttpd = Program.start(command, Map.of(), null)) {
            Ports.awaitListening(nghttpd, port);
            String origin = (wire == Http2Site.Wire.PLAIN ? "http" : "https") + "://localhost:" + port;
            assertEquals(ALL_OVER_ONE, downloads.from(origin), nghttpd::output);
        }
    }

    // ---- node

    private Program nodeOrigin() throws IOException {
        Path script = directory.resolve("http2-origin.js");
        try (var source = Objects.requireNonNull(Http2OriginsTest.class.getResourceAsStream("http2-origin.js"))) {
            Files.copy(source, script);
        }
        return Program.start(
                List.of("node", script.toString(), files.toString(), keyFile().toString()), Map.of(), null);
    }

    @Test
    void node() throws Exception {
        Peer.NODE_WS.require();
        try (Program node = nodeOrigin()) {
            String origin = "https://localhost:" + node.awaitPort();
            assertEquals(ALL_OVER_ONE, downloads.from(origin), node::output);
            node.awaitLine("^session$");
            assertEquals(1, node.output().lines().filter("session"::equals).count(), node::output);
        }
    }

    @Test
    void nodeThatSendsTrailers() throws Exception {
        Peer.NODE_WS.require();
        Vhost vhost = Vhost.builder("client").build();
        try (Program node = nodeOrigin();
                Context context = Context.builder().vhost(vhost).build().start();
                HttpClient client = Downloads.client(vhost)) {
            String uri = "https://localhost:" + node.awaitPort() + "/echo";
            byte[] content = "over and over ".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
            ClientResponse response = client.send(ClientRequest.post(uri, RequestBody.bytes("text/plain", content)))
                    .get(30, TimeUnit.SECONDS);
            assertEquals(HttpVersion.HTTP_2, response.version());
            assertEquals(content.length, response.body().length);
            assertEquals(Integer.toString(content.length), response.trailers().get("x-length"));
        }
    }

    // ---- Jetty

    private static Server jettyOrigin(Http2Site.Wire wire, Path files) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        ConnectionFactory[] speaks = {new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)};
        if (wire == Http2Site.Wire.TLS) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = "secret".toCharArray();
            store.setKeyEntry(
                    "own",
                    SecureServer.EC.key(),
                    password,
                    SecureServer.EC.chain().toArray(new Certificate[0]));
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(store);
            tls.setKeyStorePassword("secret");
            speaks = new ConnectionFactory[] {
                new SslConnectionFactory(tls, "alpn"),
                new ALPNServerConnectionFactory("h2"),
                new HTTP2ServerConnectionFactory(http)
            };
        }
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, speaks);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ResourceHandler handler = new ResourceHandler();
        handler.setBaseResource(ResourceFactory.of(handler).newResource(files));
        server.setHandler(handler);
        server.start();
        return server;
    }

    @ParameterizedTest
    @EnumSource(Http2Site.Wire.class)
    void jetty(Http2Site.Wire wire) throws Exception {
        Server server = jettyOrigin(wire, files);
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            String origin = (wire == Http2Site.Wire.PLAIN ? "http" : "https") + "://localhost:" + port;
            assertEquals(ALL_OVER_ONE, downloads.from(origin));
        } finally {
            server.stop();
        }
    }
}
