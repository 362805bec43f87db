package io.lws.tls;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection to a TLS port from its first byte to the end of its handshake. One deadline for all of it. */
final class TlsAccepting implements RoleConnection, TlsTransport.Outcome {
    private static final Log LOG = Log.of("lws.tls");
    private static final byte[] PLAIN_HTTP_ANSWER = """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain\r
            Content-Length: 56\r
            Connection: close\r
            \r
            This port speaks HTTPS; the request came in plain HTTP.
            """.getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final TlsDoor door;
    private @Nullable HelloReader reader;
    private TlsDoor.@Nullable Chosen chosen;
    private boolean counted = true;

    TlsAccepting(Connection connection, TlsDoor door) {
        this.connection = connection;
        this.door = door;
        this.reader = new HelloReader(connection.net().limits().maxClientHelloBytes());
        connection.net().handshakeBegan();
        connection.setTimeout(
                TimeoutReason.AWAITING_TLS,
                connection.net().limits().handshakeTimeout().toNanos());
    }

    @Override
    public String roleName() {
        return "tls";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        HelloReader hello = reader;
        if (hello == null) {
            in.position(in.limit());
            return;
        }
        switch (hello.feed(in)) {
            case NOT_TLS -> plainText(in);
            case COMPLETE -> begin(hello, in);
            default -> {
                return;
            }
        }
    }

    private void begin(HelloReader read, ByteBuffer in) {
        reader = null;
        ClientHello hello = read.hello();
        TlsDoor.Chosen choice = door.choose(hello);
        chosen = choice;
        ByteBuffer records = read.records();
        ByteBuffer first = ByteBuffer.allocate(records.remaining() + in.remaining())
                .put(records)
                .put(in)
                .flip();
        TlsContext context = choice.tls().acquire();
        TlsTransport transport = null;
        try {
            TlsLink link = TlsLink.server(context, hello, choice.alpn());
            transport = new TlsTransport(connection.net(), connection.transport(), link, first, this);
            connection.replaceTransport(transport);
        } catch (IOException | RuntimeException e) {
            if (connection.transport() != transport) {
                context.release();
            }
            LOG.error(connection.tag(), "no engine", e);
            throw new ProtocolException(TlsAlert.INTERNAL_ERROR, "no engine");
        }
    }

    private void plainText(ByteBuffer in) {
        Connection.RoleFactory plain = door.plainText();
        if (plain != null) {
            ended();
            connection.replaceRole(plain);
            return;
        }
        byte letter = in.get(in.position());
        in.position(in.limit());
        if (letter < 'A' || letter > 'Z') {
            throw new ProtocolException(TlsAlert.UNEXPECTED_MESSAGE, "neither TLS nor HTTP on a TLS port");
        }
        connection.write(PLAIN_HTTP_ANSWER, 0, PLAIN_HTTP_ANSWER.length);
        connection.close(CloseInfo.protocol(new ProtocolException(400, "plain HTTP on a TLS port")));
    }

    @Override
    public void onHandshakeDone(TlsInfo info) {
        ended();
        TlsDoor.Chosen choice = chosen;
        if (choice == null || !connection.isOpen()) {
            return;
        }
        try {
            connection.replaceRole(secured -> choice.next().onSecured(secured, info));
        } catch (RuntimeException e) {
            LOG.error(connection.tag(), "a connection could not be opened", e);
            connection.abort(CloseInfo.callback(e));
        }
    }

    @Override
    public void onHandshakeFailed(TlsException why) {
        LOG.info(
                connection.tag(), "handshake with " + connection.transport().remoteAddress() + ": " + why.getMessage());
        connection.close(CloseInfo.network(why));
    }

    private void ended() {
        if (counted) {
            counted = false;
            connection.net().handshakeEnded();
        }
    }

    @Override
    public void onWriteable() {}

    @Override
    public void onPeerFin() {
        connection.close(CloseInfo.peer(0, "end of stream before the TLS handshake"));
    }

    /** Only before there is an engine: the alert goes out as it stands. */
    @Override
    public void onViolation(ProtocolException violation) {
        byte[] alert = TlsAlert.record(violation.code());
        connection.write(alert, 0, alert.length);
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.abort(CloseInfo.timeout("TLS handshake"));
    }

    @Override
    public void onDrain() {
        connection.abort(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        ended();
        door.onFailed(info);
    }
}
