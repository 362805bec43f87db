package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWordsTest {
    private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

    private static String seen(LwswsMain main) {
        return String.join(
                " ",
                List.of(
                        "" + main.configuration,
                        "" + main.port,
                        "" + main.bindAddress,
                        "" + main.pluginDirs,
                        "" + main.noDefaultPlugins,
                        "" + main.dataDir,
                        main.level,
                        "" + main.check,
                        "" + main.dryRun,
                        "" + main.listPlugins,
                        "" + main.schema,
                        "" + main.rehearse,
                        "" + main.adminSocket,
                        "" + main.pidFile,
                        "" + main.command));
    }

    /** What both understand both understand alike. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-c /etc/x",
                "--configdir /etc/x -p 0 -i lo",
                "--port 65535 --interface 0.0.0.0 --debug 15",
                "--plugin-dir /a --plugin-dir /b -n",
                "--data-dir /d --check --dry-run --plugins --schema --rehearse",
                "--admin-socket /s --pid-file /p",
                "reload",
                "-d error status",
                "reload --admin-socket /s"
            })
    void readsAsTheOtherDoes(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        LwswsMain thorough = new LwswsMain(NOWHERE, NOWHERE);
        assertTrue(CommandWords.read(thorough, NOWHERE, words));
        LwswsMain plain = new LwswsMain(NOWHERE, NOWHERE);
        if (PlainWords.read(plain, words)) {
            assertEquals(seen(thorough), seen(plain));
        } else {
            assertEquals("reload --admin-socket /s", line, "the one form that is left to the other");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-h",
                "--help",
                "-V",
                "--version",
                "-p",
                "-p x",
                "-p 123456",
                "-p -1",
                "--port=1",
                "-c --check",
                "--cofnigdir /x",
                "-p7681",
                "-n --no-default-plugins",
                "-d debug --debug 15",
                "reload status",
                "@file -n"
            })
    void leavesTheRestToTheOther(String line) {
        assertFalse(PlainWords.read(new LwswsMain(NOWHERE, NOWHERE), line.split(" ")));
    }

    @Test
    void takesAPathWithBlanks() {
        LwswsMain main = new LwswsMain(NOWHERE, NOWHERE);
        assertTrue(PlainWords.read(main, "-c", "/my files"));
        assertEquals(Path.of("/my files"), main.configuration);
    }
}
