package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.tls.DevelopmentCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations of the shapes that the original comes with and that its users publish: they load, and serve what they say. */
class UsersConfigurationsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private ConfigurationDir dir;

    @BeforeEach
    void makeSite() throws IOException {
        dir = new ConfigurationDir(directory)
                .file("share/test.html", "the test page")
                .file("share/404.html", "not here")
                .file("www/index.html", "hello")
                .file("www/app.wasm", "w")
                .file("www/page.x", "script")
                .file("passwords", "user:secret\n")
                .file("certs/both.pem", DevelopmentCertificate.cached().toPem())
                .file("cgi/hello", "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n%s' \"$GREETING\"\n");
        Files.setPosixFilePermissions(directory.resolve("cgi/hello"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(directory.resolve("manual.zip")))) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write("the manual".getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectories(directory.resolve("plugins"));
        for (String each : List.of("lws-minimal", "lws-mirror-protocol", "dumb-increment-protocol", "lws-status")) {
            PluginJar.put(directory.resolve("plugins"), each);
        }
    }

    /** The given file under conf.d, beside a conf as everybody has it. */
    private Context serve(String site) {
        dir.file("conf", """
                # the process
                {
                  "global": {
                    "username": "apache",
                    "groupname": "apache",
                    "count-threads": "1",
                    "server-string": "myserver v1",
                    "ws-pingpong-secs": "200",
                    "init-ssl": "yes"
                  }
                }
                """).file("conf.d/site", site);
        return generation().open();
    }

    private Generation generation() {
        return Generation.read(
                new Generation.Sources(directory, directory.resolve("share"), List.of(directory.resolve("plugins"))));
    }

    private static HttpResponse<String> get(Context context, String path, String... headers) {
        return get(context.vhosts().get(0).port(), path, headers);
    }

    private static HttpResponse<String> get(int port, String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            return CLIENT.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertServes(Context context, String path, int status, String body) {
        HttpResponse<String> answer = get(context, path);
        assertEquals(status, answer.statusCode(), path);
        assertTrue(answer.body().contains(body), answer.body());
    }

    /** The shape of the localhost sample: the test server's page and its protocols. */
    @Test
    void theTestServer() {
        try (Context context = serve("""
                {
                  "vhosts": [ {
                    "name": "localhost",
                    "port": "0",
                    "interface": "lo",
                    # "host-ssl-key": "/etc/pki/tls/private/x.key",
                    "access-log": "access.log",
                    "mounts": [{
                      "mountpoint": "/",
                      "origin": "file://_lws_ddir_",
                      "default": "test.html",
                      "cache-max-age": "60",
                      "cache-reuse": "1",
                      "cache-revalidate": "1",
                      "cache-intermediaries": "0"
                    }, {
                      "mountpoint": "/server-status",
                      "origin": "callback://lws-status",
                      "default": "lwsws.html"
                    }],
                    "error-document-404": "/404.html",
                    "ws-protocols": [{
                      "lws-mirror-protocol": { "status": "ok" },
                      "lws-status": { "status": "ok" },
                      "dumb-increment-protocol": { "status": "ok" }
                    }]
                  } ]
                }
                """).start()) {
            assertServes(context, "/", 200, "the test page");
            assertServes(context, "/nowhere", 404, "not here");
            assertServes(context, "/server-status", 200, "number");
            HttpResponse<String> page = get(context, "/");
            assertEquals(
                    Optional.of("must-revalidate, private, max-age=60"),
                    page.headers().firstValue("cache-control"));
            assertEquals(Optional.of("myserver v1"), page.headers().firstValue("server"));
        }
        assertTrue(log().contains("\"GET /nowhere HTTP/2\" 404"), log());
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("access.log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All that the original's sample has, its leftovers too; only the place of its log is another. */
    @Test
    void theSampleThatTheOriginalComesWith() throws IOException {
        for (String each : List.of("protocol-post-demo", "lws-server-status")) {
            PluginJar.put(directory.resolve("plugins"), each);
        }
        dir.file("share/libwebsockets-test-server/test.html", "the test page")
                .file("share/libwebsockets-test-server/server-status/server-status.html", "the state")
                .file(
                        "share/libwebsockets-test-server/lws-cgi-test.sh",
                        "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\nby cgi'\n");
        Files.setPosixFilePermissions(
                directory.resolve("share/libwebsockets-test-server/lws-cgi-test.sh"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        dir.file("conf.d/global", """
                # numbers of a user, and an interface nobody reads
                { "global": { "uid": "48", "gid": "48", "interface": "eth0", "count-threads": "1",
                   "server-string": "lwsws", "ws-pingpong-secs": "200", "init-ssl": "yes" } }
                """);
        try (Context context = serve("""
                { "vhosts": [ {
                     "name": "localhost",
                     "port": "0",
                # where it listens may be said
                #    "interface": "lo",
                #    "host-ssl-key":  "/etc/pki/tls/private/x.key",
                     "access-log": "access.log",
                #    "sts": "on",
                     "mounts": [
                       { "mountpoint": "/", "origin": "file://_lws_ddir_/libwebsockets-test-server",
                         "default": "test.html", "cache-max-age": "60", "cache-reuse": "1",
                         "cache-revalidate": "1", "cache-intermediaries": "0" },
                       { "mountpoint": "/server-status",
                         "origin": "file://_lws_ddir_/libwebsockets-test-server/server-status",
                         "default": "server-status.html" },
                       { "mountpoint": "/testcgi",
                         "origin": "cgi://_lws_ddir_/libwebsockets-test-server/lws-cgi-test.sh" },
                       { "mountpoint": "/formtest", "origin": "callback://protocol-post-demo" } ],
                     "ws-protocols": [{
                       "lws-meta": { "status": "ok" },
                       "dumb-increment-protocol": { "status": "ok" },
                       "lws-mirror-protocol": { "status": "ok" },
                       "lws-status": { "status": "ok" },
                       "protocol-post-demo": { "status": "ok" },
                       "lws-server-status": { "status": "ok", "update-ms": "5000" } }] } ] }
                """).start()) {
            assertServes(context, "/", 200, "the test page");
            assertServes(context, "/server-status/", 200, "the state");
            assertServes(context, "/testcgi", 200, "by cgi");
            assertServes(context, "/formtest", 200, "number 0");
            assertEquals(Optional.of("lwsws"), get(context, "/").headers().firstValue("server"));
        }
    }

    @Test
    void twoSitesOfOnePort() {
        try (Context context = serve("""
                {"vhosts": [
                  {"name": "one.example", "port": "0", "interface": "127.0.0.1", "strict-host-check": "on",
                   "mounts": [{"mountpoint": "/", "origin": "file://www"}]},
                  {"name": "127.0.0.1", "port": "0", "interface": "127.0.0.1",
                   "mounts": [{"mountpoint": "/", "origin": "file://share", "default": "test.html"}]}]}
                """).start();
                RequestCaller stranger =
                        new RequestCaller(context.vhosts().get(0).port())) {
            assertServes(context, "/", 200, "the test page");
            assertTrue(stranger.get("/").startsWith("HTTP/1.1 421 "));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void redirectsToTlsAsEveryPublicSite() {
        try (Context context = serve("""
                {"vhosts": [{"name": "example.org", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": ">https://example.org/"}]}]}
                """).start()) {
            HttpResponse<String> answer = get(context, "/x");
            assertEquals(301, answer.statusCode());
            assertEquals(Optional.of("https://example.org/"), answer.headers().firstValue("location"));
        }
        try (Context context = serve("""
                {"vhosts": [{"name": "example.org", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": ">https://example.org", "append-path": "1"}]}]}
                """).start()) {
            assertEquals(
                    Optional.of("https://example.org/x/y?z=1"),
                    get(context, "/x/y?z=1").headers().firstValue("location"));
        }
    }

    @Test
    void tlsWithAllItsKeys() throws IOException {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "host-ssl-key": "certs/both.pem", "host-ssl-cert": "certs/both.pem", "sts": "on",
                  "ciphers": "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:!aNULL",
                  "tls13-ciphers": "TLS_AES_256_GCM_SHA384", "alpn": "h2,http/1.1", "redirect-http": "1",
                  "mounts": [{"mountpoint": "/", "origin": "file://www"}]}]}
                """).start();
                RequestCaller plain = new RequestCaller(context.vhosts().get(0).port())) {
            assertTrue(context.vhosts().get(0).tls() != null);
            assertTrue(plain.get("/").startsWith("HTTP/1.1 308 "));
        }
    }

    @Test
    void certificatesThatComeLater() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "host-ssl-key": "/nowhere/privkey.pem", "host-ssl-cert": "/nowhere/fullchain.pem",
                  "ignore-missing-cert": "1", "mounts": [{"mountpoint": "/", "origin": "file://www"}]}]}
                """).start()) {
            assertTrue(context.vhosts().get(0).tls() != null);
        }
    }

    @Test
    void passwordsOnPartOfASite() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "file://www"},
                    {"mountpoint": "/private", "origin": "file://share", "default": "test.html",
                     "basic-auth": "passwords"},
                    {"mountpoint": "/masked", "origin": "file://share", "auth-mask": "1"}]}]}
                """).start()) {
            assertServes(context, "/", 200, "hello");
            assertEquals(401, get(context, "/private/").statusCode());
            assertEquals(401, get(context, "/masked/test.html").statusCode());
            String basic =
                    "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "the test page",
                    get(context, "/private/", "Authorization", basic).body());
        }
    }

    @Test
    void scriptsAndArchives() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [
                    {"mountpoint": "/cgi", "origin": "cgi://cgi/hello", "cgi-timeout": "30",
                     "cgi-env": [{"GREETING": "good day"}], "cgi-chdir": "www"},
                    {"mountpoint": "/manual", "origin": "gzip://manual.zip"}]}]}
                """).start()) {
            assertServes(context, "/cgi", 200, "good day");
            assertServes(context, "/manual/index.html", 200, "the manual");
        }
    }

    @Test
    void aProxyBeforeAnApplication() {
        try (Context application = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/app", "origin": "file://www"}]}]}
                """).start()) {
            int port = application.vhosts().get(0).port();
            try (Context context = serve("""
                    {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                      "mounts": [{"mountpoint": "/", "origin": "http://127.0.0.1:PORT/app", "append-path": "1"}]}]}
                    """.replace("PORT", "" + port)).start()) {
                assertServes(context, "/index.html", 200, "hello");
            }
        }
    }

    @Test
    void headersTypesAndExactMounts() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "headers": [{"content-security-policy:": "default-src 'none'"}],
                  "mounts": [{"mountpoint": "/", "origin": "file://www", "extra-mimetypes": {".wasm": "application/wasm"},
                     "headers": [{"x-mount": "yes"}]},
                    {"mountpoint": "/exact", "origin": "file://share", "default": "test.html", "exact-match": "1"}]}]}
                """).start()) {
            HttpResponse<String> answer = get(context, "/app.wasm");
            assertEquals(Optional.of("application/wasm"), answer.headers().firstValue("content-type"));
            assertEquals(Optional.of("yes"), answer.headers().firstValue("x-mount"));
            assertEquals(Optional.of("default-src 'none'"), answer.headers().firstValue("content-security-policy"));
            assertEquals(404, get(context, "/exact/test.html").statusCode());
        }
    }

    @Test
    void filesThatAProtocolInterprets() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "file://www", "interpret": [{".x": "lws-minimal"}]}],
                  "ws-protocols": [{"lws-minimal": {"number": "8"}}]}]}
                """).start()) {
            assertServes(context, "/page.x", 200, "number 8");
            assertServes(context, "/index.html", 200, "hello");
        }
    }

    @Test
    void robotsThatAreTurnedAway() {
        dir.file("conf.d/agents", "{\"global\": {\"reject-service-keywords\": [{\"BadBot\": \"404 Not Found\"}]}}");
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "file://www"}]}]}
                """).start()) {
            assertEquals(403, get(context, "/", "User-Agent", "badbot/1").statusCode());
            assertEquals(200, get(context, "/", "User-Agent", "goodbot/1").statusCode());
        }
    }

    @Test
    void aUnixSocketForAFrontServer() throws IOException {
        String group = String.valueOf(Files.getAttribute(directory, "posix:group"));
        String owner = Files.getOwner(directory).getName();
        try (Context context =
                serve("""
                {"vhosts": [{"name": "localhost", "unix-socket": "1", "interface": "front.sock",
                  "unix-socket-perms": "USER:GROUP", "mounts": [{"mountpoint": "/", "origin": "file://www"}]}]}
                """.replace("USER", owner).replace("GROUP", group)).start()) {
            assertEquals(1, context.listeners().size());
            assertEquals(
                    "rw-rw----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("front.sock"))));
        }
    }

    /** One port for https, http and ssh, as people behind strict firewalls have it. */
    @Test
    void sshBehindTheSamePortAsThePages() throws IOException {
        try (ServerSocket ssh = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
                Context context =
                        serve("""
                        {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                          "listen-accept-role": "raw-proxy", "listen-accept-protocol": "raw-proxy",
                          "fallback-listen-accept": "1",
                          "mounts": [{"mountpoint": "/", "origin": "file://www", "default": "index.html"}],
                          "ws-protocols": [{"raw-proxy": {"status": "ok", "onward": "ipv4:127.0.0.1:SSH"}}]}]}
                        """.replace("SSH", "" + ssh.getLocalPort())).start()) {
            assertServes(context, "/", 200, "hello");
            try (Socket caller = new Socket(
                    InetAddress.getLoopbackAddress(), context.vhosts().get(0).port())) {
                caller.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
                try (Socket passedOn = ssh.accept()) {
                    assertEquals(
                            "SSH-2.0-test\r\n",
                            new String(passedOn.getInputStream().readNBytes(14), StandardCharsets.US_ASCII));
                    passedOn.getOutputStream().write("SSH-2.0-here\r\n".getBytes(StandardCharsets.US_ASCII));
                    assertEquals(
                            "SSH-2.0-here\r\n",
                            new String(caller.getInputStream().readNBytes(14), StandardCharsets.US_ASCII));
                }
            }
        }
    }

    @Test
    void refusesAProxyToNowhere() {
        String problems = String.join(
                "; ", new ConfigurationDir(directory).file("conf", """
                {"vhosts": [{"name": "a", "port": 0, "listen-accept-role": "raw-proxy",
                  "ws-protocols": [{"raw-proxy": {"onward": "nowhere"}}]}]}
                """).problems());
        assertTrue(problems.contains("onward: ipv4:ADDRESS:PORT"), problems);
    }

    @Test
    void protocolsThatMustBeNamed() {
        try (Context context = serve("""
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "disable-no-protocol-ws-upgrades": "on", "keeplive-timeout": "60",
                  "mounts": [{"mountpoint": "/", "origin": "file://www", "no-ws-upgrades": "1"},
                    {"mountpoint": "/dyn", "origin": "callback://lws-minimal",
                     "pmo": [{"a": "b"}]}],
                  "ws-protocols": [{"lws-minimal": {"default": "1", "nested": {"deep": {"deeper": "yes"}}}}]}]}
                """).start()) {
            assertServes(context, "/", 200, "hello");
        }
    }
}
