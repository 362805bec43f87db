package io.lws.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** WebSocket connections that say nothing, until they are asked whether they still live. */
public final class IdleConnections implements AutoCloseable {
    private static final int PROBE_EACH = 97;

    private final List<SocketChannel> channels = new ArrayList<>();

    private IdleConnections() {}

    public static IdleConnections open(InetSocketAddress server, int count) throws IOException {
        IdleConnections idle = new IdleConnections();
        Dial dial = new Dial(server);
        try {
            for (int i = 0; i < count; i++) {
                idle.channels.add(dial.upgrade("/"));
            }
        } catch (IOException | RuntimeException e) {
            idle.close();
            throw e;
        }
        return idle;
    }

    /** Has some of them echo; throws {@link WrongAnswer} when one does not. */
    public void probe() throws IOException {
        byte[] payload = new byte[64];
        for (int i = 0; i < channels.size(); i += PROBE_EACH) {
            WsReader reader = new WsReader(new ByteImage(payload));
            channels.get(i).write(ByteBuffer.wrap(Requests.frame(payload)));
            byte[] in = new byte[payload.length + 16];
            int answers = 0;
            while (answers == 0) {
                int n = Dial.read(channels.get(i), in, 0);
                if (n < 0) {
                    throw new WrongAnswer("an idle connection was closed");
                }
                answers = reader.read(ByteBuffer.wrap(in, 0, n));
            }
        }
    }

    @Override
    public void close() {
        channels.forEach(IdleConnections::close);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // gone either way; the others are still to be closed
            return;
        }
    }
}
