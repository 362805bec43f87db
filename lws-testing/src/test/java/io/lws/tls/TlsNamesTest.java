package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several vhosts on one port: which one a ClientHello leads to, with which certificate, role and protocol. */
class TlsNamesTest {
    private static final KeyMaterial FIRST = key("first.example");
    private static final KeyMaterial SECOND = key("second.example");
    private static final KeyMaterial WILD = key("*.wild.example");

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final EchoRole one = new EchoRole("one", "one/1");
    private final EchoRole web = new EchoRole("web", "http/1.1");
    private Context context;
    private UnknownName unknown = UnknownName.SERVE;

    private static KeyMaterial key(String name) {
        return DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, name);
    }

    private static Vhost.Builder vhost(String name) {
        return Vhost.builder(name).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private int serve() {
        Vhost first = vhost("first.example")
                .tls(TlsConfig.builder().key(FIRST).unknownName(unknown).build())
                .build();
        Vhost second = vhost("Second.Example")
                .tls(TlsConfig.builder()
                        .key(SECOND)
                        .alpn("two/1", "http/1.1")
                        .protocols("TLSv1.3")
                        .build())
                .build();
        Vhost wild = vhost("*.wild.example")
                .tls(TlsConfig.builder().key(WILD).alpn().build())
                .build();
        context = leaks.watch(Context.builder()
                        .role(one)
                        .role(web)
                        .vhost(first)
                        .vhost(second)
                        .vhost(wild)
                        .build())
                .start();
        return first.port();
    }

    record Row(String sni, List<String> offered, KeyMaterial certificate, String agreed, String role, String vhost) {
        @Override
        public String toString() {
            return sni + " " + offered;
        }
    }

    static Stream<Row> served() {
        return Stream.of(
                new Row(null, List.of(), FIRST, "", "web", "first.example"),
                new Row(null, List.of("one/1"), FIRST, "one/1", "one", "first.example"),
                new Row("first.example", List.of(), FIRST, "", "web", "first.example"),
                new Row("FIRST.example", List.of("http/1.1"), FIRST, "http/1.1", "web", "first.example"),
                new Row("first.example", List.of("h9", "one/1"), FIRST, "one/1", "one", "first.example"),
                new Row("second.example", List.of(), SECOND, "", "web", "Second.Example"),
                new Row("second.example", List.of("http/1.1", "two/1"), SECOND, "two/1", "web", "Second.Example"),
                new Row("second.example", List.of("http/1.1"), SECOND, "http/1.1", "web", "Second.Example"),
                new Row("a.wild.example", List.of("anything"), WILD, "", "web", "*.wild.example"),
                new Row("a.b.wild.example", List.of(), FIRST, "", "web", "first.example"),
                new Row("wild.example", List.of(), FIRST, "", "web", "first.example"),
                new Row("nobody.example", List.of(), FIRST, "", "web", "first.example"));
    }

    @ParameterizedTest
    @MethodSource("served")
    void serves(Row row) throws IOException {
        int port = serve();
        try (JdkClient client = JdkClient.connect(JdkClient.context(), port, List.of(), row.sni, row.offered)) {
            assertEquals("hi", client.echo("hi"));
            assertEquals(row.certificate.leaf(), client.certificate());
            assertEquals(row.agreed, client.socket.getApplicationProtocol());
            EchoRole role = row.role.equals("one") ? one : web;
            assertEquals(1, role.accepted.size());
            assertEquals(row.vhost, role.vhosts.element().name());
        }
    }

    private void refuses(String sni, List<String> protocols, List<String> offered, String alert) {
        int port = serve();
        SSLException refused = assertThrows(
                SSLException.class, () -> JdkClient.connect(JdkClient.context(), port, protocols, sni, offered));
        assertTrue(refused.getMessage().contains(alert), refused.getMessage());
        assertEquals(0, one.accepted.size() + web.accepted.size());
    }

    @Test
    void refusesUnknownNamesWhereTheFirstVhostSaysSo() {
        unknown = UnknownName.REFUSE;
        refuses("nobody.example", List.of(), List.of(), "unrecognized_name");
    }

    @Test
    void refusesProtocolsNobodySpeaks() {
        refuses("first.example", List.of(), List.of("h9"), "no_application_protocol");
    }

    @Test
    void refusesProtocolsOnlyAnotherVhostSpeaks() {
        refuses("second.example", List.of(), List.of("one/1"), "no_application_protocol");
    }

    @Test
    void refusesVersionsOnlyAnotherVhostSpeaks() {
        refuses("second.example", List.of("TLSv1.2"), List.of(), "protocol_version");
    }

    @Test
    void refusesToShareAPortWithPlainText() {
        Vhost tls = vhost("a").tls(TlsConfig.development()).build();
        Vhost plain = vhost("b").build();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Context.builder().role(web).vhost(tls).vhost(plain).build());
        assertEquals("vhost b has no TLS, but others on its port have", e.getMessage());
    }
}
