package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lws.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The demo page in a browser with two tabs, served by lwsws with the plugins of this checkout. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DemoPageTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    /** Canvas pixels to one unit of the board. */
    private static final int SCALE = 2;

    private Stage stage = Stage.EMPTY;

    /** What the tests share: server, browser and its two tabs. */
    private record Stage(List<AutoCloseable> opened, ChromeDriver browser, String one, String two) {
        @SuppressWarnings("NullAway")
        static final Stage EMPTY = new Stage(List.of(), null, "", "");
    }

    @BeforeAll
    void openTwoTabs(@TempDir Path directory) throws IOException {
        Peer.CHROMIUM.require();
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        gatherPlugins(plugins);
        Program lwsws = Program.lwsws(Program.ROOT.resolve("lwsws/demo/conf"), plugins);
        String url = "http://localhost:" + lwsws.awaitPort() + "/";
        Browser opened = Browser.open(directory.resolve("profile"));
        ChromeDriver browser = opened.driver();
        stage = new Stage(List.of(lwsws, opened), browser, "", "");
        browser.get(url);
        String one = browser.getWindowHandle();
        String two = browser.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        browser.get(url);
        stage = new Stage(stage.opened, browser, one, two);
        for (String tab : List.of(one, two)) {
            show(tab);
            until("four sockets open", () -> "4".equals(find("#status-all").getDomAttribute("data-open")));
        }
    }

    @AfterAll
    void closeAll() throws Exception {
        for (AutoCloseable each : stage.opened) {
            each.close();
        }
    }

    /** As {@code ./lws serve} gathers them. */
    private static void gatherPlugins(Path into) throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(Program.ROOT.resolve("minimal-examples"), 4),
                Files.walk(Program.ROOT.resolve("plugins-standalone"), 3))) {
            files.filter(file -> file.getParent().endsWith("target"))
                    .filter(file -> file.toString().endsWith("-plugin.jar")
                            || file.toString().contains("plugins-standalone")
                                    && file.toString().endsWith(".jar"))
                    .forEach(jar -> copy(jar, into.resolve(jar.getFileName())));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- looking and doing

    private void show(String tab) {
        stage.browser.switchTo().window(tab);
    }

    private WebElement find(String css) {
        return stage.browser.findElement(By.cssSelector(css));
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, SOON, condition);
    }

    private Object script(String body, Object... arguments) {
        Object result = ((JavascriptExecutor) stage.browser).executeScript(body, arguments);
        return result == null ? "" : result;
    }

    private String lastChat() {
        List<WebElement> lines = stage.browser.findElements(By.cssSelector("#chat-log p:last-child .text"));
        return lines.isEmpty() ? "" : lines.get(0).getText();
    }

    private void say(String text) {
        find("#chat-input").sendKeys(text + Keys.ENTER);
    }

    // ---- what the page promises

    @Test
    void showsInOneTabWhatIsSaidInTheOther() {
        show(stage.one);
        say("from the first tab <b>& back</b>");
        until("seen where it was said", () -> lastChat().equals("from the first tab <b>& back</b>"));
        show(stage.two);
        until("seen in the other", () -> lastChat().equals("from the first tab <b>& back</b>"));
        say("and an answer");
        show(stage.one);
        until("answer seen", () -> lastChat().equals("and an answer"));
    }

    /** How much ink there is within two units of a point of the board. */
    private long ink(int x, int y) {
        return ((Number) script(
                        "const c = document.querySelector('#mirror-canvas');"
                                + "const d = c.getContext('2d').getImageData(arguments[0], arguments[1], 8, 8).data;"
                                + "let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n;",
                        x * SCALE - 4,
                        y * SCALE - 4))
                .longValue();
    }

    /** Moves the pressed pointer along a line of the board, whatever size the page gives it. */
    private void draw(int fromX, int fromY, int toX, int toY) {
        WebElement canvas = find("#mirror-canvas");
        script("arguments[0].scrollIntoView({block: 'center'})", canvas);
        double unitsPerPixel = 800.0 / canvas.getSize().getWidth();
        // a pointer moves from the middle of an element
        new Actions(stage.browser)
                .moveToElement(canvas, pixels(fromX - 400, unitsPerPixel), pixels(fromY - 300, unitsPerPixel))
                .clickAndHold()
                .moveToElement(
                        canvas,
                        pixels((fromX + toX) / 2 - 400, unitsPerPixel),
                        pixels((fromY + toY) / 2 - 300, unitsPerPixel))
                .moveToElement(canvas, pixels(toX - 400, unitsPerPixel), pixels(toY - 300, unitsPerPixel))
                .release()
                .perform();
    }

    private static int pixels(int units, double unitsPerPixel) {
        return (int) Math.round(units / unitsPerPixel);
    }

    @Test
    void drawsInOneTabWhatIsDrawnInTheOther() {
        show(stage.two);
        assertEquals(0, ink(300, 250));
        show(stage.one);
        draw(200, 250, 400, 250);
        until("ink where it was drawn", () -> ink(300, 250) > 0);
        assertEquals(0, ink(300, 400));
        show(stage.two);
        until("ink in the other tab", () -> ink(300, 250) > 0);
        until("the line is whole", () -> ink(220, 250) > 0 && ink(380, 250) > 0);
        assertEquals(0, ink(300, 400), "ink where nothing was drawn");
    }

    @Test
    void countsByItself() {
        show(stage.one);
        long before = Long.parseLong(find("#counter-value").getText().replaceAll("\\D", "0"));
        until(
                "the counter rises",
                () -> Long.parseLong(find("#counter-value").getText().replaceAll("\\D", "0")) > before + 2);
    }

    private long number(String css) {
        return Long.parseLong(
                find(css).getText().replaceAll("\\D", "").transform(digits -> digits.isEmpty() ? "0" : digits));
    }

    @Test
    void getsEveryEchoBackRight() {
        show(stage.two);
        long before = number("#echo-count");
        script("arguments[0].scrollIntoView({block: 'center'})", find("#echo-burst"));
        find("#echo-burst").click();
        until("a burst has come back", () -> number("#echo-count") >= before + 10);
        assertEquals(0, number("#echo-wrong"));
        assertFalse(find("#echo-rtt").getDomAttribute("data-ms").isEmpty());
    }

    /** A picture of what others have drawn needs a board with something on it. */
    private void use() {
        say("hello from a phone, and hello from a desk");
        until("the chat has it", () -> lastChat().startsWith("hello from a phone"));
        for (int i = 0; i < 12; i++) { // where no other test looks
            int x = 620 + (int) (120 * Math.cos(i * Math.PI / 6));
            int y = 300 + (int) (120 * Math.sin(i * Math.PI / 6));
            draw(620, 300, x, y);
        }
        script("arguments[0].scrollIntoView({block: 'center'})", find("#echo-burst"));
        find("#echo-burst").click();
        until("a burst has come back", () -> number("#echo-count") >= 10);
        script("scrollTo(0, 0)");
    }

    @Test
    void fitsADeskAndAPhone() throws IOException {
        show(stage.two);
        for (Screen each : Screen.values()) {
            each.apply(stage.browser);
            stage.browser.get(stage.browser.getCurrentUrl());
            until("four sockets open", () -> "4".equals(find("#status-all").getDomAttribute("data-open")));
            if (System.getProperty("lws.screenshots") != null) {
                use();
            }
            each.assertFits(stage.browser);
            each.picture(stage.browser, "demo");
        }
        Screen.clear(stage.browser);
    }

    @Test
    void complainsOfNothing() {
        for (String tab : List.of(stage.one, stage.two)) {
            show(tab);
            assertEquals(
                    List.of(),
                    stage.browser.manage().logs().get(LogType.BROWSER).getAll());
        }
    }
}
