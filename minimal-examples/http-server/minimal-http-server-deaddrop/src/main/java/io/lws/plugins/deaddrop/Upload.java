package io.lws.plugins.deaddrop;

import io.lws.http.form.FormFile;
import io.lws.http.form.FormHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one form on their way into the directory: each gets its name when it is whole. */
final class Upload implements FormHandler {
    private final Path directory;
    final List<String> stored = new ArrayList<>();
    private @Nullable Path unfinished;
    private @Nullable FileChannel out;

    Upload(Path directory) {
        this.directory = directory;
    }

    @Override
    public void onFileStart(FormFile file) {
        if (file.clientName().isEmpty()) {
            return; // a form sent without choosing one
        }
        try {
            Path begun = Files.createTempFile(directory, ".", ".part");
            unfinished = begun;
            out = FileChannel.open(begun, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onFileContent(FormFile file, ByteBuffer content) {
        FileChannel to = out;
        try {
            while (to != null && content.hasRemaining()) {
                to.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onFileEnd(FormFile file) {
        Path whole = unfinished;
        if (whole == null) {
            return;
        }
        try {
            closeFile();
            Files.move(whole, directory.resolve(file.safeName()), StandardCopyOption.REPLACE_EXISTING);
            unfinished = null;
            stored.add(file.safeName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeFile() throws IOException {
        FileChannel to = out;
        out = null;
        if (to != null) {
            to.close();
        }
    }

    /** Leaves nothing half done behind. */
    void end() {
        try {
            closeFile();
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
