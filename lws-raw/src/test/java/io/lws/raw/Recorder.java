package io.lws.raw;

import io.lws.CloseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps what it hears, echoes it where asked to, and leaves the end to the test. */
final class Recorder implements RawProtocol<StringBuilder> {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseInfo> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<RawSession<StringBuilder>> sessions = new LinkedBlockingQueue<>();
    private final boolean echo;
    /** What follows on what it has written. */
    volatile Consumer<RawSession<StringBuilder>> afterWriting = raw -> {};

    private Recorder(boolean echo) {
        this.echo = echo;
    }

    static Recorder silent() {
        return new Recorder(false);
    }

    static Recorder echoing() {
        return new Recorder(true);
    }

    @Override
    public StringBuilder newPss() {
        return new StringBuilder();
    }

    @Override
    public void onConnected(RawSession<StringBuilder> raw) {
        sessions.add(raw);
    }

    @Override
    public void onReceive(RawSession<StringBuilder> raw, ByteBuffer rx) {
        String text = StandardCharsets.ISO_8859_1.decode(rx).toString();
        heard.add(text);
        if (echo) {
            say(raw, text);
        }
    }

    static void say(RawSession<StringBuilder> raw, String text) {
        raw.pss().append(text);
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<StringBuilder> raw, RawTx tx) {
        tx.write(ByteBuffer.wrap(raw.pss().toString().getBytes(StandardCharsets.ISO_8859_1)));
        raw.pss().setLength(0);
        afterWriting.accept(raw);
    }

    @Override
    public void onClosed(RawSession<StringBuilder> raw, CloseInfo info) {
        closed.add(info);
    }

    /** Waits until it has heard as many characters. */
    String hear(int length) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        while (all.length() < length) {
            String more = heard.poll(20, TimeUnit.SECONDS);
            if (more == null) {
                throw new AssertionError("only heard: " + all);
            }
            all.append(more);
        }
        return all.toString();
    }

    RawSession<StringBuilder> session() throws InterruptedException {
        return sessions.poll(20, TimeUnit.SECONDS);
    }
}
