package io.lws.plugins.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    private Path directory;

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names(Path in) throws IOException {
        try (var files = Files.list(in)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    @Test
    void writesForTheOwnerAlone() throws IOException {
        Path file = directory.resolve("new/key.pem");
        KeyFiles.write(file, "secret\n");
        assertEquals("secret\n", Files.readString(file));
        assertEquals("rw-------", rights(file));
        assertEquals("rwx------", rights(directory.resolve("new")));
        assertEquals(List.of("key.pem"), names(directory.resolve("new")));
    }

    @Test
    void takesTheRightsOfOthersWhenItReplacesAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("key.pem"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        KeyFiles.write(file, "new");
        assertEquals("new", Files.readString(file));
        assertEquals("rw-------", rights(file));
    }

    @Test
    void leavesNothingBehindWhereItCannotWrite() throws IOException {
        Path taken = Files.createDirectories(directory.resolve("taken/by/somebody")).getParent();
        assertThrows(IOException.class, () -> KeyFiles.write(taken, "x"));
        assertEquals(List.of("by"), names(directory.resolve("taken")));
    }
}
