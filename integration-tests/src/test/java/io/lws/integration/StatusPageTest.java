package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.testing.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * The page of protocol-lws-status in a browser, at the sizes of a desk and of a phone, while somebody asks and an old
 * generation drains. With the system property {@code lws.screenshots} it leaves pictures in that directory.
 */
@Timeout(240)
class StatusPageTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int ENOUGH_SAMPLES = Integer.getInteger("lws.samples", 12);
    private static final List<String> ASKED = List.of("/", "/css/base.css", "/js/main.js", "/nowhere");

    private volatile boolean over;

    @BeforeAll
    static void needBrowser() {
        Peer.CHROMIUM.require();
    }

    private static Path configuration(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/conf"), """
                {"vhosts": [{"name": "localhost", "port": "0", "interface": "127.0.0.1",
                  "mounts": [{"mountpoint": "/", "origin": "file://SITE"},
                             {"mountpoint": "/status", "origin": "callback://lws-server-status"}],
                  "ws-protocols": [{"lws-server-status": {"interval-ms": "100"}}, {"lws-status": {}}]}]}
                """.replace(
                        "SITE", Program.ROOT.resolve("lwsws/demo/site").toString()));
        return directory.resolve("conf");
    }

    private static Path plugins(Path directory) throws IOException {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Path built = Program.ROOT.resolve("plugins-standalone/protocol-lws-status/target");
        try (Stream<Path> jars = Files.list(built)) {
            for (Path each :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(each, plugins.resolve(each.getFileName()));
            }
        }
        return plugins;
    }

    /** Asks for this and that, now more and now less, until the test is over. */
    private Thread asking(HttpClient client, String url) {
        Thread thread = new Thread(() -> {
            for (int i = 0; !over; i++) {
                URI uri = URI.create(url + ASKED.get(i % 7 == 0 ? 3 : i % 3));
                client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                        .join();
                LockSupport.parkNanos((long) (9_000_000 + 6_000_000 * Math.sin(i / 60.0)));
            }
        });
        thread.start();
        return thread;
    }

    private static void open(HttpClient client, String url, int sockets) {
        for (int i = 0; i < sockets; i++) {
            WebSocket ws = client.newWebSocketBuilder()
                    .subprotocols("lws-status")
                    .buildAsync(URI.create(url.replace("http:", "ws:") + "/"), new WebSocket.Listener() {})
                    .join();
            assertEquals("lws-status", ws.getSubprotocol());
        }
    }

    /** In one step: the page replaces its parts all the time. */
    private static boolean shows(ChromeDriver driver, String css, String text) {
        String look = "return [...document.querySelectorAll(arguments[0])]"
                + ".some(each => each.textContent.includes(arguments[1]))";
        return Boolean.TRUE.equals(driver.executeScript(look, css, text));
    }

    private void look(ChromeDriver driver, String url, Screen screen) throws IOException {
        screen.apply(driver);
        driver.get(url + "/status");
        Await.until("figures come", SOON, () -> shows(driver, "#generations .state", "serving"));
        Await.until("the old generation is there", SOON, () -> shows(driver, "#generations .state", "draining"));
        Await.until(
                "enough for a plot",
                SOON,
                () -> Integer.parseInt(driver.findElement(By.tagName("body")).getDomAttribute("data-samples"))
                        >= ENOUGH_SAMPLES);
        Await.until("it is live", SOON, () -> shows(driver, "#link", "live"));
        Await.until("one drains", SOON, () -> shows(driver, "#drains", "1 drains"));
        Await.until("sockets are counted", SOON, () -> shows(driver, "#legend-connections li", "ws open"));
        Await.until("the old one has its line", SOON, () -> shows(driver, "#legend-generations li", "generation 1"));
        Await.until("requests are counted", SOON, () -> shows(driver, "#legend-rate li", "2xx"));
        Await.until("and those that found nothing", SOON, () -> shows(driver, "#legend-rate li", "4xx"));
        Await.until("how long it takes is told", SOON, () -> shows(driver, "#note-times", "99 % within "));
        screen.assertFits(driver);
        screen.picture(driver, "status");
    }

    @Test
    void showsTheServerOnADeskAndOnAPhone(@TempDir Path directory) throws Exception {
        try (Program lwsws = Program.lwsws(configuration(directory), plugins(directory));
                Browser browser = Browser.open(directory.resolve("profile"))) {
            String url = "http://localhost:" + lwsws.awaitPort();
            HttpClient client = HttpClient.newHttpClient();
            open(client, url, 12);
            lwsws.signal("HUP");
            Await.until("the new generation serves", SOON, () -> lwsws.output().contains("generation 2 serves"));
            open(client, url, 20);
            Thread asking = asking(client, url);
            for (Screen each : Screen.values()) {
                look(browser.driver(), url, each);
            }
            over = true;
            asking.join();
            assertEquals(
                    List.of(),
                    browser.driver().manage().logs().get(LogType.BROWSER).getAll());
        } finally {
            over = true;
        }
    }
}
