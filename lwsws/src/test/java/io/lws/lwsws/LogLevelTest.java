package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Log;
import io.lws.cli.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
        Logger root = Logger.getLogger("");
        for (Handler each : root.getHandlers()) {
            root.removeHandler(each);
        }
        root.addHandler(new ConsoleHandler());
        root.setLevel(Level.INFO);
    }

    /** The JDK resets its logging in a shutdown hook, beside which others still have something to say. */
    @Test
    void logsOnWhereTheJdkHasResetItsLogging() {
        LogLevel.apply("info");
        LogManager.getLogManager().reset();
        Log.of("lwsws").warn("stop", "the last word");
        assertTrue(said.toString(StandardCharsets.UTF_8).endsWith(" W lwsws [stop] the last word\n"), said::toString);
    }

    /** Whoever reads logs by a program reads digits of ASCII, and the years of ISO 8601. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "th-TH-u-ca-buddhist", "tr-TR"})
    void writesTheTimeAlikeEverywhere(String language) {
        Locale usual = Locale.getDefault();
        int year = Year.now().getValue();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            LogLevel.apply("info");
            Log.of("lwsws").info("time", "now");
        } finally {
            Locale.setDefault(usual);
        }
        String line = said.toString(StandardCharsets.UTF_8);
        assertTrue(line.matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\.[0-9]{3} I lwsws \\[time] now\n"), line);
        int written = Integer.parseInt(line.substring(0, 4));
        assertTrue(written == year || written == year + 1, line);
    }

    @Test
    void saysNoMoreThanWasAskedForAfterThat() {
        LogLevel.apply("error");
        LogManager.getLogManager().reset();
        Log.of("lwsws").info("stop", "a word too many");
        assertFalse(said.toString(StandardCharsets.UTF_8).contains("too many"));
        assertEquals(1, Logger.getLogger("").getHandlers().length);
    }
}
