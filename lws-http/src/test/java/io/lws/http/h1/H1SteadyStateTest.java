package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.loop.EventLoop;
import io.lws.net.Transport;
import io.lws.testing.AllocationMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs on a connection that is kept: objects, and calls of the transport. */
class H1SteadyStateTest {
    private static final int REQUESTS = 20_000;

    @TempDir
    Path root;

    @Test
    void costsATransactionAndNoMoreForASmallAnswer() {
        byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
        Headers headers = Headers.of("Content-Type", "text/plain");
        HttpProtocol<Object> hello = new HttpProtocol<>() {
            @Override
            public void onRequest(HttpTransaction<Object> http) {
                http.respond(200, headers, body);
            }
        };
        measure("/hello", vhost -> vhost.protocol("hello", (owner, options) -> hello), 1, 96);
    }

    @Test
    void costsOneReadAndOneWriteForASmallFile() throws IOException {
        Files.write(root.resolve("small.txt"), new byte[10 << 10]);
        measure("/small.txt", vhost -> vhost.mount(Mount.files("/", root)), 1, 112);
    }

    @Test
    void costsOneReadOneWriteAndOneSendfileForALargeFile() throws IOException {
        Files.write(root.resolve("large.bin"), new byte[1 << 20]);
        measure("/large.bin", vhost -> vhost.mount(Mount.files("/", root)), 2, 160);
    }

    private static void measure(
            String path, UnaryOperator<Vhost.Builder> setUp, int writesPerRequest, int maxBytesPerRequest) {
        try (HttpRig rig = new HttpRig(setUp)) {
            Client client = new Client("GET " + path
                    + " HTTP/1.1\r\nHost: localhost:7681\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n");
            var connection = rig.open(client);
            client.ask(REQUESTS);
            client.reads = 0;
            client.writes = 0;
            long before = AllocationMeter.allocatedBytes();
            client.ask(REQUESTS);
            long bytesPerRequest = (AllocationMeter.allocatedBytes() - before) / REQUESTS;
            assertTrue(bytesPerRequest <= maxBytesPerRequest, bytesPerRequest + " B per request");
            assertEquals(REQUESTS, client.reads);
            assertEquals((long) REQUESTS * writesPerRequest, client.writes);
            connection.abort(CloseInfo.local(0, "test over"));
            rig.settle();
        }
    }

    /** Sends one request after the other and swallows answers, without making an object. */
    private static final class Client implements Transport {
        private final byte[] request;
        private @Nullable EventLoop loop;
        private Transport.@Nullable Events above;
        private int at;
        int reads;
        int writes;

        Client(String request) {
            this.request = request.getBytes(StandardCharsets.US_ASCII);
        }

        void ask(int times) {
            for (int i = 0; i < times; i++) {
                at = 0;
                above.onReadable();
                loop.serviceOnce(0);
            }
        }

        @Override
        public void open(EventLoop on, Events events) {
            loop = on;
            above = events;
        }

        @Override
        public int read(ByteBuffer dst) {
            reads++;
            int n = request.length - at;
            dst.put(request, at, n);
            at += n;
            return n;
        }

        @Override
        public int write(ByteBuffer src) {
            writes++;
            int n = src.remaining();
            src.position(src.limit());
            return n;
        }

        @Override
        public long transferFrom(FileChannel file, long position, long count) {
            writes++;
            return count;
        }

        @Override
        public void interest(int interest) {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}
    }
}
