package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Poller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/** Reads from one pipe and writes into another; one of the two may be missing. */
final class PipeTransport implements Transport {
    private final Pipe.@Nullable SourceChannel in;
    private final Pipe.@Nullable SinkChannel out;
    private Poller.@Nullable Registration reading;
    private Poller.@Nullable Registration writing;
    private @Nullable Events above;

    PipeTransport(Pipe.@Nullable SourceChannel in, Pipe.@Nullable SinkChannel out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void open(EventLoop loop, Events events) throws IOException {
        above = events;
        if (in != null) {
            in.configureBlocking(false);
            reading = loop.poller().register(in, Interest.READ, ready -> tellReadable());
        }
        if (out != null) {
            out.configureBlocking(false);
            writing = loop.poller().register(out, Interest.NONE, ready -> tellWriteable());
        }
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    private void tellReadable() {
        if (above != null) {
            above.onReadable();
        }
    }

    private void tellWriteable() {
        if (above != null) {
            above.onWriteable();
        }
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return in == null ? 0 : in.read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (out == null) {
            throw new IOException("this pipe is only read from");
        }
        return out.write(src);
    }

    @Override
    public void interest(int interest) {
        if (reading != null) {
            reading.interest(interest & Interest.READ);
        }
        if (writing != null) {
            writing.interest(interest & Interest.WRITE);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (out != null) {
            if (writing != null) {
                writing.cancel();
            }
            out.close();
        }
        if (in == null) {
            throw new IOException("nobody answers on this pipe"); // nothing to linger for
        }
    }

    @Override
    public void close() {
        above = null;
        close(reading, in);
        close(writing, out);
    }

    private static void close(Poller.@Nullable Registration registration, java.nio.channels.@Nullable Channel channel) {
        if (registration != null) {
            registration.cancel();
        }
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the descriptor is gone either way, and nobody can do anything about it
                return;
            }
        }
    }
}
