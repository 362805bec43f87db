package io.lws.examples.raw.starttls;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Greets, offers STARTTLS (RFC 3207), and says how the connection is protected; it takes no mail. */
final class SmtpProtocol implements RawProtocol<SmtpProtocol.Pss> {
    private static final int MAX_LINE_BYTES = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static final class Pss {
        /** What is to be said next. */
        final StringBuilder answers = new StringBuilder();
    }

    SmtpProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onConnected(RawSession<Pss> raw) {
        say(raw, "220 localhost ready");
    }

    private static void say(RawSession<Pss> raw, String line) {
        raw.setTimeout(PATIENCE);
        raw.pss().answers.append(line).append("\r\n");
        raw.requestWriteable();
    }

    @Override
    public void onReceive(RawSession<Pss> raw, ByteBuffer rx) {
        String line = line(rx);
        if (line != null) {
            answer(raw, line.toUpperCase(Locale.ROOT));
        } else if (rx.remaining() > MAX_LINE_BYTES) {
            raw.abort();
        }
    }

    /** Takes a line; what is left of {@code rx} without its end is offered again when more has come. */
    private static @Nullable String line(ByteBuffer rx) {
        for (int i = rx.position(); i < rx.limit(); i++) {
            if (rx.get(i) == '\n') {
                byte[] line = new byte[i + 1 - rx.position()];
                rx.get(line);
                return new String(line, StandardCharsets.US_ASCII).strip();
            }
        }
        return null;
    }

    private static void answer(RawSession<Pss> raw, String line) {
        var tls = raw.tls();
        if (line.startsWith("EHLO ")) {
            say(raw, tls == null ? "250-localhost\r\n250 STARTTLS" : "250 localhost");
        } else if (line.equals("STARTTLS") && tls == null) {
            raw.pss().answers.append("220 go ahead\r\n");
            raw.startTls(takeAnswers(raw));
        } else if (line.equals("NOOP")) {
            say(raw, "250 " + (tls == null ? "plain text" : tls.protocol() + " " + tls.cipherSuite()));
        } else if (line.equals("QUIT")) {
            say(raw, "221 goodbye");
        } else {
            say(raw, "502 not here");
        }
    }

    private static ByteBuffer takeAnswers(RawSession<Pss> raw) {
        var answers = raw.pss().answers;
        var bytes = ByteBuffer.wrap(answers.toString().getBytes(StandardCharsets.US_ASCII));
        answers.setLength(0);
        return bytes;
    }

    @Override
    public void onWriteable(RawSession<Pss> raw, RawTx tx) {
        boolean last = raw.pss().answers.indexOf("221 ") >= 0;
        tx.write(takeAnswers(raw));
        if (last) {
            raw.close();
        }
    }
}
