package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.AccessLog;
import io.lws.http.Mount;
import io.lws.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a browser does with an HTTP server: forms with files, dragged files, live events, seeking in a sound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HttpPagesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SAMPLES_PER_S = 44_100;
    private static final int SECONDS = 90;

    private @Nullable Browser opened;

    @SuppressWarnings("NullAway")
    private ChromeDriver browser;

    @BeforeAll
    void open(@TempDir Path directory) {
        Peer.CHROMIUM.require();
        Browser started = Browser.open(directory.resolve("profile"));
        opened = started;
        browser = started.driver();
    }

    @AfterAll
    void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, SOON, condition);
    }

    private void show(Program example) {
        browser.get("http://localhost:" + example.awaitPort() + "/");
    }

    /** In one step: a page that is left takes its elements along. */
    private String text(String css) {
        return String.valueOf(browser.executeScript(
                "const found = document.querySelector(arguments[0]); return found ? found.innerText : '';", css));
    }

    /** The file is made in the page: not every locale has names with accents. */
    @Test
    void uploadsAFileByAForm() {
        try (Program example = Program.example("http-server/minimal-http-server-form-post-file")) {
            show(example);
            browser.executeScript("const data = new DataTransfer();"
                    + "data.items.add(new File(['from a form\\r\\n--and so on'], 'r\u00e9sum\u00e9.txt', {type: 'text/plain'}));"
                    + "document.querySelector('input[type=file]').files = data.files;");
            browser.findElement(By.cssSelector("button")).click();
            until("the answer is shown", () -> text("body").contains("sha256"));
            String said = text("body");
            assertTrue(said.contains("text = some text"), said);
            assertTrue(said.contains("file = r\u00e9sum\u00e9.txt, text/plain, 24 octets"), said);
        }
    }

    @Test
    void showsFilesDroppedInEveryTab() {
        try (Program example = Program.example("http-server/minimal-http-server-deaddrop")) {
            show(example);
            browser.executeScript(
                    "const data = new DataTransfer();"
                            + "data.items.add(new File(['dropped'], 'a note.txt', {type: 'text/plain'}));"
                            + "data.items.add(new File([new Uint8Array(100000)], 'zeros.bin'));"
                            + "const zone = document.getElementById('zone');"
                            + "for (const type of ['dragover', 'drop'])"
                            + "  zone.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));");
            until("stored", () -> text("#state").equals("stored a note.txt, zeros.bin"));
            // the list is fetched when an event says so
            until("listed", () -> text("#files").contains("zeros.bin (100000 octets)"));
            assertTrue(text("#files").contains("a note.txt (7 octets)"));
        }
    }

    @Test
    void showsEventsAsTheyCome() {
        try (Program example = Program.example("http-server/minimal-http-server-sse")) {
            show(example);
            until("counted", () -> text("#count").matches("\\d+"));
            int before = Integer.parseInt(text("#count"));
            until("counted on", () -> Integer.parseInt(text("#count")) > before + 2);
        }
    }

    /** Silence, but a lot of it. */
    private static byte[] wav() {
        int dataBytes = SAMPLES_PER_S * 2 * SECONDS;
        ByteBuffer out = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(SAMPLES_PER_S);
        out.putInt(SAMPLES_PER_S * 2).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        return out.array();
    }

    @Test
    void seeksInASoundByRanges(@TempDir Path directory) throws Exception {
        Path site = Files.createDirectory(directory.resolve("site"));
        Files.write(site.resolve("silence.wav"), wav());
        Files.writeString(
                site.resolve("index.html"),
                "<!doctype html><link rel=icon href='data:,'><audio src=silence.wav preload=metadata></audio>");
        Path lines = directory.resolve("access.log");
        try (AccessLog log = AccessLog.toFile(lines)) {
            Vhost vhost = Vhost.builder("localhost")
                    .listen(InetAddress.getLoopbackAddress(), 0)
                    .option(log)
                    .mount(Mount.files("/", site).mimeType("wav", "audio/wav"))
                    .build();
            try (Context context = Context.builder().vhost(vhost).build().start()) {
                browser.get("http://127.0.0.1:" + vhost.port() + "/");
                until("its length is known", () -> number("return document.querySelector('audio').duration") > 89);
                browser.executeScript("const sound = document.querySelector('audio');"
                        + "sound.addEventListener('seeked', () => { sound.dataset.seeked = sound.currentTime; });"
                        + "sound.currentTime = 80;");
                until("it is there", () -> number("return document.querySelector('audio').dataset.seeked || 0") == 80);
                until("its end can be played", () -> number("return document.querySelector('audio').readyState") >= 2);
                assertEquals(false, context.isClosed());
            }
            log.flush();
        }
        String all = read(lines);
        assertTrue(all.lines().anyMatch(line -> line.contains("/silence.wav") && line.contains("\" 206 ")), all);
    }

    private double number(String script) {
        Object value = browser.executeScript("const n = (() => {" + script + "})(); return String(Number(n) || 0);");
        return Double.parseDouble(String.valueOf(value));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
