package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("access.log");
    }

    @Test
    void writesOnWhereItsFileHasBeenRenamed() throws Exception {
        try (AccessLog log = AccessLog.toFile(file)) {
            log.add("one");
            log.flush();
            Files.move(file, directory.resolve("access.log.1"));
            log.reopen();
            log.add("two");
            log.flush();
            assertEquals("two\n", Files.readString(file));
        }
        assertEquals("one\n", Files.readString(directory.resolve("access.log.1")));
    }

    @Test
    void writesAgainWhenAFullDiskHasRoomAgain() throws Exception {
        assumeTrue(Files.exists(FULL));
        Files.createSymbolicLink(file, FULL);
        try (AccessLog log = AccessLog.toFile(file)) {
            log.add("lost");
            log.flush();
            assertEquals(1, log.dropped());
            Files.delete(file);
            log.reopen();
            log.add("there");
            log.flush();
            assertEquals(1, log.dropped());
            assertEquals("there\n", Files.readString(file));
        }
    }

    @Test
    void endsThoughTheDiskIsFull() throws IOException {
        assumeTrue(Files.exists(FULL));
        Files.createSymbolicLink(file, FULL);
        AccessLog log = AccessLog.toFile(file);
        for (int i = 0; i < 3 * AccessLog.MAX_WAITING; i++) {
            log.add("line");
        }
        log.close();
        assertEquals(3L * AccessLog.MAX_WAITING, log.dropped());
    }

    @Test
    void saysWhyAFileCannotBeOpened() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> AccessLog.toFile(directory));
        // in whatever language the system says it
        String reason =
                assertInstanceOf(FileSystemException.class, refusal.getCause()).getReason();
        assertFalse(reason.isBlank());
        assertTrue(refusal.getMessage().endsWith(reason), refusal.getMessage());
    }
}
