package io.lws.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.testing.LeakCheck;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 on both sides of the proxy. */
class SecretFieldsTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final List<AutoCloseable> open = new ArrayList<>();

    private static SocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** What HTTP/2 has marked as never to be indexed, this hop must mark so, too (RFC 7541 6.2.3), both ways. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesSecretsOnAsSecrets(boolean target) throws Exception {
        HttpProtocol<@Nullable Void> protocol = new HttpProtocol<>() {
            @Override
            public @Nullable Void newPss() {
                return null;
            }

            @Override
            public void onRequest(HttpTransaction<@Nullable Void> http) {
                HttpRequest request = http.request();
                StringBuilder secrets = new StringBuilder(request.isTargetSecret() ? ":path " : "");
                for (int i = 0; i < request.headerCount(); i++) {
                    secrets.append(request.isHeaderSecret(i) ? request.headerName(i) + " " : "");
                }
                Headers fields = Headers.builder()
                        .add("Seen", secrets + request.version().toString())
                        .addSecret("X-Token", "2")
                        .add("X-Plain", "3")
                        .build();
                http.respond(200, fields, new byte[0]);
            }
        };
        TlsConfig tls =
                TlsConfig.builder().key(DevelopmentCertificate.localhost()).build();
        Vhost origin = Vhost.builder("localhost")
                .listen(anyPort())
                .tls(tls)
                .protocol("secretive", (host, options) -> protocol)
                .build();
        open.add(leaks.watch(Context.builder().vhost(origin).build().start()));
        TlsClientConfig trusting = TlsClientConfig.builder()
                .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                .build();
        Vhost front = Vhost.builder("localhost")
                .listen(anyPort())
                .tls(tls)
                .option(trusting)
                .mount(Mount.proxy("/", "https://localhost:" + origin.port()))
                .build();
        open.add(leaks.watch(Context.builder().vhost(front).build().start()));
        Vhost own = Vhost.builder("client").option(trusting).build();
        open.add(leaks.watch(Context.builder().vhost(own).build().start()));
        HttpClient client = HttpClient.builder(own).build();
        open.add(client);
        ClientRequest.Builder asking = ClientRequest.builder(HttpMethod.GET, "https://localhost:" + front.port());
        ClientRequest request = (target ? asking.secretTarget("/") : asking.target("/"))
                .headers(Headers.builder()
                        .addSecret("X-Key", "1")
                        .add("X-Open", "1")
                        .build())
                .build();
        ClientResponse response = client.send(request).get(20, TimeUnit.SECONDS);
        assertEquals((target ? ":path " : "") + "x-key HTTP/2", response.header("seen"));
        Headers fields = response.headers();
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isSecret(i)) {
                secrets.add(fields.name(i));
            }
        }
        assertEquals(List.of("x-token"), secrets);
    }
}
