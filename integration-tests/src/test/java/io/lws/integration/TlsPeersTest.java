package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import io.lws.tls.KeyMaterial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** Clients that others wrote shake hands with https servers, by both versions and with both kinds of certificate. */
@Timeout(120)
class TlsPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    static Stream<Arguments> versionsAndKeys() {
        return Stream.of("1.2", "1.3")
                .flatMap(version -> Stream.of("EC", "RSA").map(kind -> Arguments.of(version, kind)));
    }

    /** It insists on neither version nor kind of key: what comes about is what the client asks for. */
    private static SecureServer server(String kind) {
        return new SecureServer(tls -> tls.key(SecureServer.key(kind)));
    }

    private Path trusted(KeyMaterial key) throws Exception {
        Path file = directory.resolve("trusted.pem");
        String pem = key.toPem();
        return Files.writeString(file, pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")));
    }

    private static String run(String... command) {
        try (Program program = Program.start(List.of(command), Map.of(), null)) {
            assertEquals(0, program.awaitExit(PATIENCE), program::output);
            return program.output();
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void curl(String version, String kind) throws Exception {
        Peer.CURL.require();
        try (SecureServer server = server(kind)) {
            String printed = run(
                    "curl",
                    "-sS",
                    "--noproxy",
                    "*",
                    "--http1.1",
                    "--tlsv" + version,
                    "--tls-max",
                    version,
                    "--cacert",
                    trusted(SecureServer.key(kind)).toString(),
                    server.url());
            assertEquals("TLSv" + version + " new http/1.1", printed);
        }
    }

    /** Once anew and once resumed: openssl says itself which it was. */
    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void openssl(String version, String kind) throws Exception {
        Peer.OPENSSL.require();
        Path session = directory.resolve("session");
        try (SecureServer server = server(kind)) {
            String ask = "printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'"
                    + " | openssl s_client -ign_eof -connect localhost:" + server.port() + " -servername localhost"
                    + " -verify_return_error -CAfile " + trusted(SecureServer.key(kind))
                    + " -tls" + version.replace('.', '_');
            String first = run("sh", "-c", ask + " -sess_out " + session);
            assertTrue(first.contains("New, TLSv" + version), first);
            assertTrue(first.contains("TLSv" + version + " new null"), first);
            assertTrue(first.contains("Verification: OK"), first);
            assertTrue(first.matches("(?s).*Server public key is (256|2048) bit.*"), first);
            String second = run("sh", "-c", ask + " -sess_in " + session);
            assertTrue(second.contains("Reused, TLSv" + version), second);
            assertTrue(second.contains("TLSv" + version + " resumed null"), second);
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndKeys")
    void jdkHttpClient(String version, String kind) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", SecureServer.key(kind).leaf());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(null, trust.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ssl)
                .sslParameters(new SSLParameters(null, new String[] {"TLSv" + version}))
                .build();
        try (SecureServer server = server(kind)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url()))
                    .timeout(PATIENCE)
                    .build();
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertTrue(body.startsWith("TLSv" + version + " new "), body);
        }
    }

    /** A browser takes the best it is offered, so here the server offers one version only. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void chromium(String kind) throws Exception {
        Peer.CHROMIUM.require();
        try (Browser browser = Browser.open(directory.resolve("profile"));
                SecureServer old = new SecureServer(tls ->
                        tls.key(SecureServer.key(kind)).protocols("TLSv1.2").alpn("http/1.1"));
                SecureServer current = new SecureServer(tls ->
                        tls.key(SecureServer.key(kind)).protocols("TLSv1.3").alpn("http/1.1"))) {
            assertEquals("TLSv1.2 new http/1.1", shown(browser, old).replace("resumed", "new"));
            assertEquals("TLSv1.3 new http/1.1", shown(browser, current).replace("resumed", "new"));
        }
    }

    private static String shown(Browser browser, SecureServer server) {
        browser.driver().get(server.url());
        return browser.driver().findElement(By.tagName("body")).getText();
    }
}
