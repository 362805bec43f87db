package io.lws.epoll;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A process that echoes on the poller it is told, until its standard input ends. */
final class EchoServer implements RawProtocol<ByteBuffer> {
    private static final int MAX_BYTES = 4096;

    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        Vhost vhost = Vhost.builder("echo")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .acceptRole("raw-skt")
                .protocol("echo", (owner, options) -> new EchoServer())
                .build();
        try (Context context =
                Context.builder().poller(args[0]).vhost(vhost).build().start()) {
            System.out.println(context.loops().get(0).poller().name() + " " + vhost.port());
            System.in.transferTo(System.out);
        }
    }

    @Override
    public ByteBuffer newPss() {
        return ByteBuffer.allocate(MAX_BYTES);
    }

    @Override
    public void onReceive(RawSession<ByteBuffer> raw, ByteBuffer rx) {
        raw.pss().put(rx);
        raw.requestWriteable();
    }

    @Override
    public void onWriteable(RawSession<ByteBuffer> raw, RawTx tx) {
        tx.write(raw.pss().flip());
        raw.pss().clear();
    }
}
