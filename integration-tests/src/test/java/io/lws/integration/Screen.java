package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a page is looked at on. */
enum Screen {
    DESKTOP(1280, 900),
    PHONE(390, 844);

    private final int width;
    private final int height;

    Screen(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Of the browser's current tab. */
    void apply(ChromeDriver browser) {
        metrics(browser, height);
    }

    private void metrics(ChromeDriver browser, int tall) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", tall, "deviceScaleFactor", 1, "mobile", this == PHONE));
    }

    static void clear(ChromeDriver browser) {
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** Nobody has to scroll sideways. */
    void assertFits(ChromeDriver browser) {
        long overhang = number(browser, "document.documentElement.scrollWidth - window.innerWidth");
        assertTrue(overhang <= 0, this + ": " + overhang + " pixels too wide");
        assertTrue(number(browser, "window.innerWidth") == width, this + " is not what is looked at");
    }

    /** Leaves a picture of all of the page, where the system property {@code lws.screenshots} names a directory. */
    void picture(ChromeDriver browser, String name) throws IOException {
        String directory = System.getProperty("lws.screenshots");
        if (directory != null) {
            metrics(browser, (int) number(browser, "document.documentElement.scrollHeight"));
            Object unused = browser.executeAsyncScript("requestAnimationFrame(() => setTimeout(arguments[0], 300))");
            String file = name + "-" + toString().toLowerCase(java.util.Locale.ROOT) + ".png";
            Files.write(Path.of(directory, file), browser.getScreenshotAs(OutputType.BYTES));
            apply(browser);
        }
    }

    private static long number(ChromeDriver browser, String script) {
        return ((Number) browser.executeScript("return " + script)).longValue();
    }
}
