package io.lws.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

/** An engine whose records hold plain text of one length, which shakes no hands and allocates nothing per record. */
final class PlainEngine extends SSLEngine {
    private final SSLSession session;
    private final int messageBytes;
    private final SSLEngineResult unwrapped;
    private final SSLEngineResult wrapped;

    PlainEngine(int messageBytes) throws GeneralSecurityException {
        this.messageBytes = messageBytes;
        session = SSLContext.getDefault().createSSLEngine().getSession();
        int recordBytes = TlsRecord.HEADER_BYTES + messageBytes;
        unwrapped = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, recordBytes, messageBytes);
        wrapped = new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, messageBytes, recordBytes);
    }

    /** A whole record. */
    static ByteBuffer record(int messageBytes) {
        ByteBuffer record = ByteBuffer.allocate(TlsRecord.HEADER_BYTES + messageBytes);
        header(record, messageBytes);
        return record.clear();
    }

    private static void header(ByteBuffer out, int messageBytes) {
        out.put(TlsRecord.APPLICATION_DATA).put((byte) 3).put((byte) 3).putShort((short) messageBytes);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer dst) {
        src.position(src.position() + TlsRecord.HEADER_BYTES);
        move(src, dst);
        return unwrapped;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer src, ByteBuffer dst) {
        header(dst, messageBytes);
        move(src, dst);
        return wrapped;
    }

    private void move(ByteBuffer from, ByteBuffer to) {
        for (int i = 0; i < messageBytes; i++) {
            to.put(from.get());
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public SSLSession getSession() {
        return session;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] srcs, int offset, int length, ByteBuffer dst) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer src, ByteBuffer[] dsts, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginHandshake() {}

    @Override
    public void closeInbound() {}

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isOutboundDone() {
        return false;
    }

    @Override
    public Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return new String[0];
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public String[] getSupportedProtocols() {
        return new String[0];
    }

    @Override
    public String[] getEnabledProtocols() {
        return new String[0];
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public boolean getUseClientMode() {
        return false;
    }

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    @Override
    public String getApplicationProtocol() {
        return "";
    }
}
