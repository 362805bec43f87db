package io.lws.lwsws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The text of one configuration file: at most a mebibyte of UTF-8. */
final class ConfigFile {
    static final int MAX_BYTES = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private ConfigFile() {}

    /** The text, or {@code null} after the problem has been reported. */
    static @Nullable String text(Path file, Findings findings) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            findings.problem(Location.of(file), "", "there is no such file");
            return null;
        } catch (IOException e) {
            findings.problem(Location.of(file), "", "cannot be read: " + SystemWords.of(e));
            return null;
        }
        if (bytes.length > MAX_BYTES) {
            findings.problem(Location.of(file), "", "is longer than " + MAX_BYTES + " bytes");
            return null;
        }
        return decode(file, ByteBuffer.wrap(bytes), findings);
    }

    private static @Nullable String decode(Path file, ByteBuffer bytes, Findings findings) {
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            findings.problem(endOf(file, text), "", "is not UTF-8");
            return null;
        }
        // some editors begin with a mark that says nothing of UTF-8
        String whole = text.toString();
        return whole.startsWith(BYTE_ORDER_MARK) ? whole.substring(1) : whole;
    }

    private static Location endOf(Path file, CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            boolean newLine = text.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Location(file, line, column);
    }
}
