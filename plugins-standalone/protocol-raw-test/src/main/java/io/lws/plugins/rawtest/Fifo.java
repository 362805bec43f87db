package io.lws.plugins.rawtest;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.net.Adoption;
import io.lws.net.LoopNet;
import io.lws.raw.RawAdoption;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session whose peer is whoever writes into a fifo; it is opened for both, so that it does not end with a writer. */
final class Fifo implements RawProtocol<@Nullable Void> {
    private static final Log LOG = Log.of("lws.plugin.raw-test");

    private final Path path;
    private final Consumer<byte[]> listener;

    private Fifo(Path path, Consumer<byte[]> listener) {
        this.path = path;
        this.listener = listener;
    }

    /**
     * Begins to read {@code path} on the first loop.
     *
     * @throws IllegalArgumentException where it is no fifo, nor could be made one
     */
    static void open(Vhost vhost, Path path, Consumer<byte[]> listener) {
        try {
            if (!Files.exists(path)
                    && new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                                    .start()
                                    .waitFor()
                            != 0) {
                throw new IllegalArgumentException("option \"fifo-path\": no fifo could be made at " + path);
            }
            if (!Files.readAttributes(path, "isOther").containsValue(true)) {
                throw new IllegalArgumentException("option \"fifo-path\": " + path + " is no fifo");
            }
            Adoption file = Adoption.file(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            LoopNet net = vhost.context().nets().get(0);
            net.loop().execute(() -> adopt(net, file, vhost, new Fifo(path, listener)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void adopt(LoopNet net, Adoption file, Vhost vhost, Fifo protocol) {
        try {
            RawAdoption.adopt(net, file, vhost, protocol);
        } catch (IOException e) {
            LOG.error("fifo", protocol.path + " cannot be read", e);
        }
    }

    @Override
    public void onReceive(RawSession<@Nullable Void> raw, ByteBuffer rx) {
        byte[] bytes = new byte[rx.remaining()];
        rx.get(bytes);
        listener.accept(bytes);
    }

    @Override
    public void onClosed(RawSession<@Nullable Void> raw, CloseInfo info) {
        LOG.debug("fifo", path + " is no longer read: " + info.reason());
    }
}
