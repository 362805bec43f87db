package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * The page of protocol-lws-status in a browser, at the sizes of a desk and of a phone. With the system property {@code
 * lws.screenshots} it leaves pictures of itself and of the demo page in that directory.
 */
@Timeout(120)
class StatusPageTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, Integer> WIDTHS = Map.of("desktop", 1280, "phone", 390);

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

    private static void resize(ChromeDriver browser, int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private static void picture(ChromeDriver browser, String name) throws IOException {
        String directory = System.getProperty("lws.screenshots");
        if (directory != null) {
            Files.write(Path.of(directory, name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    private static long number(ChromeDriver browser, String script) {
        return ((Number) browser.executeScript("return " + script)).longValue();
    }

    @Test
    void showsTheServerOnADeskAndOnAPhone(@TempDir Path directory) throws IOException {
        try (Program lwsws = Program.lwsws(configuration(directory), plugins(directory));
                Browser browser = Browser.open(directory.resolve("profile"))) {
            String url = "http://localhost:" + lwsws.awaitPort();
            ChromeDriver driver = browser.driver();
            for (Map.Entry<String, Integer> each : WIDTHS.entrySet()) {
                resize(driver, each.getValue());
                driver.get(url + "/status");
                Await.until(
                        "figures come",
                        SOON,
                        () -> driver.findElements(By.cssSelector("#generations td")).stream()
                                .anyMatch(cell -> cell.getText().equals("serving")));
                Await.until(
                        "enough for a plot",
                        SOON,
                        () -> Long.parseLong(driver.findElement(By.id("waits")).getText()) >= 40);
                assertEquals("live", driver.findElement(By.id("link")).getText());
                long overhang = number(driver, "document.documentElement.scrollWidth - window.innerWidth");
                assertTrue(overhang <= 0, each.getKey() + ": " + overhang + " pixels too wide");
                picture(driver, "status-" + each.getKey());
                driver.get(url + "/");
                overhang = number(driver, "document.documentElement.scrollWidth - window.innerWidth");
                assertTrue(overhang <= 0, "the demo page on a " + each.getKey() + ": " + overhang + " pixels too wide");
            }
            assertEquals(
                    0,
                    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                            .filter(line -> line.getMessage().contains("/status"))
                            .count());
        }
    }
}
