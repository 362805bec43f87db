package io.lws.testing;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.Connector;
import io.lws.net.LoopNet;
import io.lws.net.PlainTransport;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client on the loop under test: connects, says a word, waits for as much. */
final class OneShot implements RoleConnection {
    private final Connection connection;
    private final byte[] word;
    private final CompletableFuture<String> answer;

    private OneShot(Connection connection, String word, CompletableFuture<String> answer) {
        this.connection = connection;
        this.word = word.getBytes(StandardCharsets.US_ASCII);
        this.answer = answer;
        connection.requestWriteable();
    }

    static void call(LoopNet net, int port, String word, CompletableFuture<String> answer) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Connector.connect(net.loop(), address, Duration.ofSeconds(10), new Connector.Outcome() {
            @Override
            public void onConnected(SocketChannel channel) {
                try {
                    Connection.open(
                            net, new PlainTransport(channel), connection -> new OneShot(connection, word, answer));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            }

            @Override
            public void onFailed(IOException why) {
                answer.completeExceptionally(why);
            }
        });
    }

    @Override
    public String roleName() {
        return "one-shot";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        if (in.remaining() >= word.length) {
            byte[] got = new byte[word.length];
            in.get(got);
            answer.complete(new String(got, StandardCharsets.US_ASCII));
            connection.close(CloseInfo.local(0, "done"));
        }
    }

    @Override
    public void onWriteable() {
        connection.write(ByteBuffer.wrap(word));
    }

    @Override
    public void onPeerFin() {
        connection.close(CloseInfo.peer(0, "fin"));
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {}

    @Override
    public void onDrain() {
        connection.close(CloseInfo.local(0, "drain"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        answer.completeExceptionally(new IOException(info.reason()));
    }
}
