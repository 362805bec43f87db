package io.lws.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.plugin.ZipArchive.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {
    private static final byte[] LONG = "over and over ".repeat(500).getBytes(StandardCharsets.UTF_8);
    private static final byte[] SHORT = {1, 2, 3};
    /** Where an entry of the directory and of the end have what is changed here (APPNOTE 4.3.12 and 4.3.16). */
    private static final int METHOD = 10;

    private static final int CRC = 16;
    private static final int PACKED_BYTES = 20;
    private static final int CONTENT_BYTES = 24;
    private static final int START = 42;

    private static byte[] archive(String comment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setComment(comment);
            zip.putNextEntry(new ZipEntry("a/"));
            zip.putNextEntry(new ZipEntry("a/long"));
            zip.write(LONG);
            ZipEntry stored = new ZipEntry("sh\u00f6rt");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(SHORT.length);
            CRC32 crc = new CRC32();
            crc.update(SHORT);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(SHORT);
            zip.putNextEntry(new ZipEntry("empty"));
        }
        return out.toByteArray();
    }

    private static void assertReads(byte[] bytes) throws IOException {
        ZipArchive archive = new ZipArchive(bytes);
        assertEquals(
                "[a/, a/long, sh\u00f6rt, empty]",
                archive.entries().stream().map(Entry::name).toList().toString());
        assertTrue(archive.entry("a/").isDirectory());
        assertArrayEquals(LONG, archive.content(archive.entry("a/long")));
        assertArrayEquals(SHORT, archive.content(archive.entry("sh\u00f6rt")));
        assertEquals(0, archive.content(archive.entry("empty")).length);
    }

    /** Reads all of it: either it is refused in the one way, or all is as the checksums say. */
    private static void readAll(byte[] bytes) throws ZipException {
        ZipArchive archive = new ZipArchive(bytes);
        for (Entry each : archive.entries()) {
            if (each.contentBytes() <= LONG.length) { // others are bounded by who asks
                archive.content(each);
            }
        }
    }

    @Test
    void readsWhatIsPackedOrNot() throws IOException {
        assertReads(archive(null));
    }

    @Test
    void readsWhatHasACommentBehindItAndAnotherFileInFront() throws IOException {
        assertReads(archive("PK\5\6 is how an end begins"));
        byte[] whole = archive(null);
        byte[] behind = new byte[whole.length + 100];
        System.arraycopy(whole, 0, behind, 100, whole.length);
        assertReads(behind);
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] whole = archive(null);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(ZipException.class, () -> new ZipArchive(cut));
        }
    }

    @Test
    void failsInOneWayWhicheverByteIsWrong() throws IOException {
        byte[] whole = archive(null);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int flipped : new int[] {0x01, 0x80, 0xff}) {
                byte[] wrong = whole.clone();
                wrong[at] ^= (byte) flipped;
                try {
                    readAll(wrong);
                } catch (ZipException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > whole.length, refused + " refusals");
    }

    @Test
    void refusesContentThatIsNotWhatTheDirectorySays() throws IOException {
        byte[] whole = archive(null);
        int entry = directoryEntry(whole, "a/long");
        for (int[] change : new int[][] {
            {METHOD, 0},
            {METHOD, 12},
            {CRC, 0},
            {PACKED_BYTES, 5},
            {CONTENT_BYTES, 10},
            {CONTENT_BYTES, 7001},
            {START, 1}
        }) {
            byte[] wrong = whole.clone();
            wrong[entry + change[0]] = (byte) change[1];
            wrong[entry + change[0] + 1] = (byte) (change[1] >> 8);
            ZipArchive archive = new ZipArchive(wrong);
            assertThrows(ZipException.class, () -> archive.content(archive.entry("a/long")), Arrays.toString(change));
        }
    }

    private static int directoryEntry(byte[] whole, String name) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf(name) - 46;
    }
}
