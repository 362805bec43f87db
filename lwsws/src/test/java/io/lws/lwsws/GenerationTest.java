package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.Context;
import io.lws.net.SocketHandover;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationTest {
    @TempDir
    private Path directory;

    private ConfigurationDir dir;

    @BeforeEach
    void makeSiteAndPlugin() throws IOException {
        dir = new ConfigurationDir(directory).file("site/index.html", "hello").file("site/x.odd", "odd");
        Files.createDirectories(directory.resolve("plugins"));
        PluginJar.put(directory.resolve("plugins"), "numbers");
    }

    private Generation read() {
        return read(ListenWords.NONE);
    }

    private Generation read(ListenWords words) {
        return Generation.read(new Generation.Sources(
                directory, directory.resolve("share"), List.of(directory.resolve("plugins")), words));
    }

    private static HttpResponse<String> get(Context context, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + context.vhosts().get(0).port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void servesWhatTheConfigurationSays() throws IOException, InterruptedException {
        dir.file("conf", """
                # as in a sample of lws
                {
                  "global": { "count-threads": "2", "timeout-secs": "10", "init-ssl": "yes",
                              "server-string": "mine" },
                  "vhosts": [{
                    "name": "localhost",
                    "port": "0",
                    "interface": "127.0.0.1",
                    "keepalive_timeout": "30",
                    "headers": [{ "x-vhost": "yes" }],
                    "mounts": [{
                      "mountpoint": "/",
                      "origin": "file://site",
                      "default": "index.html",
                      "cache-max-age": "60",
                      "cache-reuse": "1",
                      "cache-revalidate": "1",
                      "cache-intermediaries": "0",
                      "extra-mimetypes": { ".odd": "text/x-odd" },
                      "headers": [{ "x-mount": "yes" }]
                    }, {
                      "mountpoint": "/number",
                      "origin": "callback://numbers"
                    }, {
                      "mountpoint": "/away",
                      "origin": ">https://example.org/",
                      "append-path": "1"
                    }],
                    "ws-protocols": [{ "numbers": { "status": "ok", "number": "42" } }]
                  }]
                }
                """);
        try (Context context = read().open().start()) {
            HttpResponse<String> index = get(context, "/");
            assertEquals(200, index.statusCode());
            assertEquals("hello", index.body());
            assertEquals(
                    Optional.of("must-revalidate, private, max-age=60"),
                    index.headers().firstValue("cache-control"));
            assertEquals(Optional.of("yes"), index.headers().firstValue("x-mount"));
            assertEquals(Optional.of("yes"), index.headers().firstValue("x-vhost"));
            assertEquals(Optional.of("mine"), index.headers().firstValue("server"));
            assertEquals(
                    Optional.of("text/x-odd"), get(context, "/x.odd").headers().firstValue("content-type"));
            assertEquals("number 42", get(context, "/number").body());
            assertEquals(
                    Optional.of("https://example.org/there"),
                    get(context, "/away/there").headers().firstValue("location"));
            assertEquals(2, context.loops().size());
        }
    }

    @Test
    void namesProtocolsNobodyProvidesWhereTheyAreAskedFor() {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 0, "ws-protocols": [{
                  "numbers": {},
                  "nubmers": {},
                  "other": {}
                }]}]}
                """);
        ConfigurationException refusal = assertThrows(ConfigurationException.class, this::read);
        assertEquals(
                List.of(
                        "conf:3:3: vhosts[0].ws-protocols[0].nubmers: no plugin provides this protocol; there are numbers",
                        "conf:4:3: vhosts[0].ws-protocols[0].other: no plugin provides this protocol; there are numbers"),
                dir.relative(refusal.problems()));
    }

    @Test
    void reportsProblemsOfConfigurationAndPluginsTogether() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": \"x\", \"ws-protocols\": [{\"y\": {}}]}]}");
        assertEquals(
                2,
                assertThrows(ConfigurationException.class, this::read)
                        .problems()
                        .size());
    }

    @Test
    void refusesAnUnknownRole() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"listen-accept-role\": \"rwa\"}]}");
        String problem = assertThrows(ConfigurationException.class, this::read)
                .problems()
                .get(0);
        assertTrue(
                problem.endsWith(":1:60: vhosts[0].listen-accept-role: is \"rwa\" where a role is wanted:"
                        + " fallback h1 h2 raw-proxy raw-skt"),
                problem);
    }

    @Test
    void refusesTwoVhostsOfOneNameOnOneSocket() {
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 1},\n {\"name\": \"a\", \"port\": 1}]}");
        String problem = assertThrows(ConfigurationException.class, this::read)
                .problems()
                .get(0);
        assertTrue(problem.contains("conf:2:2: vhosts[1]: a vhost a listens on "), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`port`: 1 | `port`: 1, `name`: `A` | vhosts[1]: a vhost A listens on *:1 already",
                "`port`: 1, `interface`: `127.0.0.1` | `port`: 1 | vhosts[0].port: vhost b listens on every interface of"
                        + " port 1, and the system gives 127.0.0.1:1 to nobody else then",
                "`port`: 1 | `port`: 1, `interface`: `::1` | vhosts[1].port: vhost A listens on every interface of"
                        + " port 1, and the system gives [0:0:0:0:0:0:0:1]:1 to nobody else then",
                "`port`: 1, `noipv6`: 1 | `port`: 1, `interface`: `127.0.0.1` | vhosts[1].port: vhost A listens on every"
                        + " interface of port 1, and the system gives 127.0.0.1:1 to nobody else then",
                "`port`: 1, `noipv6`: 1 | `port`: 1, `interface`: `::1`, `x`: 1 | vhosts[1].x: unknown key; the nearest"
                        + " known key is dht",
                "`port`: 1, `noipv6`: 1 | `port`: 1, `interface`: `::1`, `noipv6`: 1 | vhosts[1].interface: is an address"
                        + " of IPv6, and noipv6 wants none",
                "`port`: 1 | `port`: 1, `host-ssl-cert`: `c.pem` | vhosts[1].port: vhost b has TLS, but vhost A on *:1"
                        + " has none"
            })
    void refusesVhostsThatCannotShareAPort(String one, String other, String problem) {
        dir.file(
                "conf",
                ("{`vhosts`: [{`name`: `A`, " + one + "}, {" + (other.contains("name") ? "" : "`name`: `b`, ") + other
                                + "}]}")
                        .replace('`', '"'));
        List<String> problems =
                assertThrows(ConfigurationException.class, this::read).problems();
        assertTrue(problems.stream().anyMatch(each -> each.endsWith(problem)), problems.toString());
    }

    /** In the words, and the language, of the system. */
    private static String inUse(ProtocolFamily family, SocketAddress taken) throws IOException {
        try (ServerSocketChannel late = ServerSocketChannel.open(family)) {
            return assertThrows(BindException.class, () -> late.bind(taken)).getMessage();
        }
    }

    @Test
    void listensWhereAProcessThatWasKilledDid() throws IOException {
        Path place = directory.resolve("a.skt");
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"unix-socket\": 1, \"interface\": \"a.skt\"}]}");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(place));
            ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read().open());
            assertEquals(
                    List.of("conf:1:58: vhosts[0].interface: cannot listen on a.skt: "
                            + inUse(StandardProtocolFamily.UNIX, other.getLocalAddress())),
                    dir.relative(refusal.problems()));
        }
        assertTrue(Files.exists(place));
        read().open().close();
        Files.writeString(place, "precious");
        assertThrows(ConfigurationException.class, () -> read().open());
        assertEquals("precious", Files.readString(place));
    }

    @Test
    void saysWhereTheAddressStandsThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dir.file("conf", """
                    {"vhosts": [{"name": "a", "port": 0, "interface": "127.0.0.1"},
                      {"name": "b",
                       "port": PORT, "interface": "127.0.0.1"}]}
                    """.replace("PORT", "" + taken.getLocalPort()));
            ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read().open());
            assertEquals(
                    List.of("conf:3:12: vhosts[1].port: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": "
                            + inUse(StandardProtocolFamily.INET, taken.getLocalSocketAddress())),
                    dir.relative(refusal.problems()));
        }
    }

    @Test
    void saysWhereAnOptionStandsThatItsProtocolRefuses() {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 0, "ws-protocols": [{
                  "numbers": {"number": "many"}}]}]}
                """);
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read().open());
        assertEquals(
                List.of(
                        "conf:1:13: vhosts[0]: vhost a, protocol numbers: option \"conf:2:14: vhosts[0].ws-protocols[0].numbers.number\" is"
                                + " \"many\" where a whole number is wanted"),
                dir.relative(refusal.problems()));
        assertThrows(ConfigurationException.class, () -> read().tryOut());
    }

    @Test
    void namesAnAddressThatIsTaken() throws IOException {
        dir.file(
                "conf",
                "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"interface\": \"127.0.0.1\","
                        + " \"ws-protocols\": [{\"numbers\": {}}]}]}");
        try (Context first = read().open()) {
            int taken = first.vhosts().get(0).port();
            Generation second = read(new ListenWords(Optional.of(taken), Optional.empty()));
            ConfigurationException refusal = assertThrows(ConfigurationException.class, second::open);
            assertTrue(refusal.problems().get(0).contains("127.0.0.1:" + taken), refusal.getMessage());
        }
    }

    /** Whether this machine has IPv6 at all; a container often has none. */
    static boolean hasIpv6() {
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return own.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertRefuses(String host, int port) {
        if (hasIpv6() || !host.contains(":")) {
            assertThrows(ConnectException.class, () -> new Socket(host, port).close(), host);
        }
    }

    @ParameterizedTest
    @CsvSource({"`noipv6`: `1`", "`interface`: `0.0.0.0`", "'`noipv6`: `1`, `ipv6only`: `1`'"})
    void listensForIpv4Alone(String how) throws Exception {
        dir.file("conf", ("{`vhosts`: [{`name`: `a`, `port`: 0, " + how + "}]}").replace('`', '"'));
        try (Context context = read().open().start()) {
            assertEquals(404, get(context, "/").statusCode());
            assertRefuses("::1", context.vhosts().get(0).port());
        }
    }

    @Test
    void listensForIpv6AloneWhereThatCanBeHad() throws Exception {
        assumeTrue(hasIpv6(), "needs IPv6");
        dir.file("conf", "{\"vhosts\": [{\"name\": \"a\", \"port\": 0, \"ipv6only\": \"1\"}]}");
        try (Context context = read().open().start()) {
            int port = context.vhosts().get(0).port();
            new Socket("::1", port).close();
            if (SocketHandover.obstacle().isEmpty()) {
                assertRefuses("127.0.0.1", port);
            } else {
                assertEquals(404, get(context, "/").statusCode());
            }
        }
    }

    @Test
    void saysWhereAVhostBesideItWantsIpv6() {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 7681, "noipv6": "1"},
                  {"name": "b", "port": 7681}]}
                """);
        Configuration read = dir.read();
        SharedPlaces.check(read.vhosts(), Overrides.NONE);
        assertEquals(
                List.of("conf:1:41: vhosts[0].noipv6: has no effect here: vhost b listens on the same port for both"
                        + " families"),
                dir.notes());
    }

    /** The command line puts all on one interface: then they are no longer in each other's way, or only then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | `port`: 1 | `port`: 1, `interface`: `127.0.0.2` |",
                "127.0.0.1 | `port`: 1, `interface`: `127.0.0.2` | `port`: 1, `interface`: `127.0.0.3`, `name`: `A` |"
                        + " vhosts[1]: a vhost A listens on 127.0.0.1:1 already",
                "0.0.0.0 | `port`: 1, `interface`: `127.0.0.2` | `port`: 1, `interface`: `127.0.0.1`, `name`: `A` |"
                        + " vhosts[1]: a vhost A listens on *:1 already",
                "127.0.0.1 | `port`: 1, `interface`: `127.0.0.2` | `port`: 1, `host-ssl-cert`: `c.pem` |"
                        + " vhosts[1].port: vhost b has TLS, but vhost A on 127.0.0.1:1 has none"
            })
    void checksThePlacesThatTheCommandLineSays(String address, String one, String other, String problem)
            throws UnknownHostException {
        dir.file(
                "conf",
                ("{`vhosts`: [{`name`: `A`, " + one + "}, {" + (other.contains("name") ? "" : "`name`: `b`, ") + other
                                + "}]}")
                        .replace('`', '"'));
        ListenWords words = new ListenWords(Optional.empty(), Optional.of(InetAddress.getByName(address)));
        if (problem == null) {
            read(words);
            return;
        }
        List<String> problems =
                assertThrows(ConfigurationException.class, () -> read(words)).problems();
        assertTrue(problems.stream().anyMatch(each -> each.endsWith(problem)), problems.toString());
    }

    /** Which server has made an answer is said once, by that one. */
    @Test
    void leavesToTheOriginOfAProxyWhichServerItIs() throws Exception {
        dir.file("conf", """
                {"global": {"server-string": "mine"}, "vhosts": [
                  {"name": "front", "port": 0, "interface": "127.0.0.1", "headers": [{"x-front": "1"}],
                   "mounts": [{"mountpoint": "/", "origin": "http://+DIR/back.sock:/"}]},
                  {"name": "back", "unix-socket": 1, "interface": "back.sock",
                   "mounts": [{"mountpoint": "/", "origin": "file://site", "default": "index.html"}]}]}
                """.replace("DIR", directory.toString()));
        try (Context context = read().open().start()) {
            HttpResponse<String> answer = get(context, "/");
            assertEquals("hello", answer.body());
            assertEquals(List.of("mine"), answer.headers().allValues("server"));
            assertEquals(List.of("1"), answer.headers().allValues("x-front"));
        }
    }

    @Test
    void excludesSuitesByName() throws Exception {
        List<String> others = new ArrayList<>();
        List<String> usual = List.of("TLS_A", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertEquals(
                List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                CipherNames.suites(
                        "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:!ECDHE-RSA-AES128-GCM-SHA256:!RC4",
                        usual,
                        others));
        assertEquals(List.of("TLS_A"), CipherNames.suites("HIGH:!ECDHE-RSA-AES128-GCM-SHA256", usual, others));
        assertEquals(List.of("HIGH"), others);
    }

    @Test
    void overridesThePortOfTheFirstVhostAndOfThoseThatShareIt() throws IOException {
        dir.file("conf", """
                {"vhosts": [{"name": "a", "port": 7681}, {"name": "b", "port": "7681"}, {"name": "c", "port": 7682},
                  {"name": "d", "port": -1}]}
                """);
        ListenWords words = new ListenWords(Optional.of(9), Optional.of(InetAddress.getByName("127.0.0.2")));
        Overrides overrides = Overrides.of(words, dir.read().vhosts());
        assertEquals(9, overrides.port(7681));
        assertEquals(7682, overrides.port(7682));
        ListenSettings any = dir.read().vhosts().get(0).listen();
        assertEquals(new InetSocketAddress("127.0.0.2", 9), any.address(overrides));
    }

    @Test
    void servesTheDemoConfigurationOnceItsPluginsAreThere() {
        Findings findings = new Findings();
        Configuration demo = ConfigurationReader.read(Path.of("demo/conf"), Path.of("share"), findings);
        assertEquals(List.of(), findings.problems());
        assertEquals(Optional.of(7681), demo.vhosts().get(0).listen().port());
        assertEquals(
                List.of("lws-minimal", "lws-mirror-protocol", "dumb-increment-protocol", "lws-minimal-server-echo"),
                demo.vhosts().get(0).protocols().stream()
                        .map(ProtocolSettings::name)
                        .toList());
    }
}
