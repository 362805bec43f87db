package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * The windows of gtk/minimal-swing and gtk/minimal-gtk, each on a display of its own: clicked while a transfer runs, looked
 * at after each step. With the system property {@code lws.screenshots} a picture of each stays in that directory.
 */
@Timeout(180)
class WindowExamplesTest {
    private static final long PATIENCE_NS = 60_000_000_000L;
    /** A window has no frame here and stands in the corner. */
    private static final int WIDTH = 360;

    private static final int HEIGHT = 160;
    private static final int BUTTON_X = 180;
    private static final int BUTTON_Y = 148;
    /** Above the button, which changes its looks when it is pointed at. */
    private static final int LABEL_HEIGHT = 115;

    @TempDir
    Path directory = Path.of(".");

    @BeforeEach
    void needsXvfb() {
        Peer.XVFB.require();
    }

    @Test
    void staysLiveOnSwingWhileTransfersRun() throws Exception {
        clickWhileTransfersRun("minimal-swing");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void staysLiveOnGtkWhileTransfersRun() throws Exception {
        Peer.LIBGTK_4_1.require();
        clickWhileTransfersRun("minimal-gtk");
    }

    private void clickWhileTransfersRun(String example) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Display display = new Display(directory);
                Program window = Program.example(
                        "gtk/" + example, server.getLocalPort(), display.environment(), "-s", "localhost")) {
            server.setSoTimeout(60_000);
            BufferedImage empty = display.picture("empty");
            BufferedImage shown = awaitWindow(display, empty);
            display.click(BUTTON_X, BUTTON_Y);
            try (Socket first = accept(server)) {
                first.getOutputStream().write(new byte[1_000]);
                BufferedImage running = awaitChange(display, shown);
                // the first transfer is under way and the window takes another click
                display.click(BUTTON_X, BUTTON_Y);
                try (Socket second = accept(server)) {
                    second.getOutputStream().write(new byte[2_000_000]);
                    keep(awaitChange(display, running), example);
                }
                first.getOutputStream().write(new byte[1_000]);
            }
            assertTrue(window.isAlive(), window.output());
            // SIGTERM closes the context, for which its loop must still get turns from the window's
            assertEquals(128 + 15, window.end("TERM"), window.output());
        }
    }

    private static void keep(BufferedImage shown, String name) throws IOException {
        String directory = System.getProperty("lws.screenshots");
        if (directory != null) {
            ImageIO.write(shown.getSubimage(0, 0, WIDTH, HEIGHT), "png", new File(directory, name + ".png"));
        }
    }

    private static Socket accept(ServerSocket server) throws IOException {
        Socket caller = server.accept();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        assertTrue(String.valueOf(line).startsWith("GET / HTTP/1.0"), line);
        while (!String.valueOf(in.readLine()).isEmpty()) {
            continue;
        }
        return caller;
    }

    /** Until the button has its label, and nothing changes any more: a window is there before it is drawn. */
    private static BufferedImage awaitWindow(Display display, BufferedImage empty) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        BufferedImage last = display.picture("now");
        while (isSame(last, empty) || !hasLabel(last) || !isSame(last, display.picture("again"))) {
            assertTrue(endNs - System.nanoTime() > 0, "there is no window with a button");
            last = display.picture("now");
        }
        return last;
    }

    /** Whether there is more than one colour where it is written what the button does. */
    private static boolean hasLabel(BufferedImage picture) {
        int first = picture.getRGB(BUTTON_X, BUTTON_Y);
        for (int x = BUTTON_X - 30; x < BUTTON_X + 30; x++) {
            for (int y = BUTTON_Y - 4; y <= BUTTON_Y + 4; y++) {
                if (picture.getRGB(x, y) != first) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Looks again and again until it looks different than before, and than a moment ago no more. */
    private static BufferedImage awaitChange(Display display, BufferedImage before) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        BufferedImage last = display.picture("now");
        while (isSame(last, before) || !isSame(last, display.picture("again"))) {
            assertTrue(endNs - System.nanoTime() > 0, "the window does not change");
            last = display.picture("now");
        }
        return last;
    }

    private static boolean isSame(BufferedImage one, BufferedImage other) {
        for (int y = 0; y < LABEL_HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (one.getRGB(x, y) != other.getRGB(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }
}
