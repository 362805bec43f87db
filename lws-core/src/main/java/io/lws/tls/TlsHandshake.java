package io.lws.tls;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Drives an engine through its handshake, one step a call. What is to go out gathers in the loop's buffer. */
final class TlsHandshake {
    private static final int MAX_FLIGHT_RECORDS = 64;

    /** What a step has come to. */
    enum Step {
        GOES_ON,
        NEEDS_INPUT,
        HAS_TASK,
        DONE,
        /** The peer sent close_notify. */
        CLOSED
    }

    private final TlsLink link;
    private final SSLEngine engine;
    private final TlsOutput output;
    private ServerHello.Verdict resumption = ServerHello.Verdict.NONE;
    private byte @Nullable [] sessionId;

    TlsHandshake(TlsLink link, TlsOutput output) {
        this.link = link;
        this.engine = link.engine();
        this.output = output;
        this.sessionId = link.isClient() ? null : link.sessionId();
    }

    Step step(ByteBuffer in, ByteBuffer dst) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK:
                return Step.HAS_TASK;
            case NEED_WRAP:
                wrapAll();
                return Step.GOES_ON;
            case NEED_UNWRAP:
            case NEED_UNWRAP_AGAIN:
                return unwrap(in, dst);
            default:
                return Step.DONE;
        }
    }

    private Step unwrap(ByteBuffer in, ByteBuffer dst) throws SSLException {
        TlsRecord.At at = TlsRecord.at(in);
        if (at == TlsRecord.At.PARTIAL) {
            return Step.NEEDS_INPUT;
        }
        if (link.isClient()) {
            witness(in);
        }
        SSLEngineResult result = engine.unwrap(in, dst);
        if (result.getStatus() == Status.CLOSED) {
            return Step.CLOSED;
        }
        boolean moved = result.bytesConsumed() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP;
        if (!moved && (at == TlsRecord.At.GARBAGE || result.getStatus() == Status.BUFFER_OVERFLOW)) {
            throw new SSLException("no TLS record");
        }
        return moved ? Step.GOES_ON : Step.NEEDS_INPUT;
    }

    /** Everything the engine has to say now. */
    void wrapAll() throws SSLException {
        for (int i = 0; i < MAX_FLIGHT_RECORDS; i++) {
            ByteBuffer out = output.buffer();
            int from = out.position();
            SSLEngineResult result = engine.wrap(TlsLink.nothing(), out);
            if (out.position() > from) {
                observe(out, from);
            }
            if (result.getStatus() != Status.OK || result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                return;
            }
        }
    }

    private void observe(ByteBuffer out, int from) {
        ByteBuffer record = out.duplicate().flip().position(from);
        if (!link.isClient()) {
            witness(record);
        } else if (sessionId == null) {
            sessionId = ServerHello.sessionIdOfClientHello(record);
        }
    }

    private void witness(ByteBuffer record) {
        byte[] sent = sessionId;
        if (resumption == ServerHello.Verdict.NONE && sent != null) {
            resumption = ServerHello.look(record, sent);
        }
    }

    /** All tasks the engine has, in one. Runs anywhere. */
    Runnable tasks() {
        return () -> {
            Runnable task;
            while ((task = engine.getDelegatedTask()) != null) {
                task.run();
            }
        };
    }

    TlsInfo result() {
        String agreed = engine.getApplicationProtocol();
        String alpn = agreed == null || agreed.isEmpty() ? link.alpn() : agreed;
        SSLSession session = engine.getSession();
        // where none was asked for an engine says so by an exception, which costs more than the rest of this
        List<X509Certificate> peers = link.showsPeerCertificates() ? TlsInfo.certificates(session) : List.of();
        return TlsInfo.of(session, peers, link.serverName(), alpn, resumption == ServerHello.Verdict.RESUMED);
    }
}
