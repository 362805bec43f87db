package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Two TLS servers in one process: each has its own listener, as lsof sees it, and a browser opens both. */
@Timeout(120)
class MultiInstanceTest {
    private static Program twoServers() {
        return Program.example("http-server/minimal-multi-instance");
    }

    private static String lsof(int port) {
        List<String> command = List.of("sh", "-c", "lsof -w -nP -i4TCP:" + port + " | grep LISTEN");
        try (Program lsof = Program.start(command, Map.of(), null)) {
            assertEquals(0, lsof.awaitExit(Duration.ofSeconds(30)), lsof::output);
            return lsof.output();
        }
    }

    @Test
    void listensOnTwoPorts() {
        Peer.LSOF.require();
        try (Program servers = twoServers()) {
            for (int i = 0; i < 2; i++) {
                int port = servers.awaitPort();
                String listeners = lsof(port);
                assertEquals(1, listeners.lines().count(), listeners);
                assertTrue(listeners.endsWith("TCP 127.0.0.1:" + port + " (LISTEN)"), listeners);
            }
        }
    }

    @Test
    void showsBothToABrowser(@TempDir Path directory) {
        Peer.CHROMIUM.require();
        try (Program servers = twoServers();
                Browser browser = Browser.open(directory.resolve("profile"))) {
            for (int i = 0; i < 2; i++) {
                Matcher ready = servers.awaitLine("^ready (https://localhost:\\d+)$");
                browser.driver().get(ready.group(1) + "/");
                String shown = browser.driver().findElement(By.tagName("body")).getText();
                assertTrue(shown.matches("this is (first on first|second on second)"), shown);
            }
        }
    }
}
