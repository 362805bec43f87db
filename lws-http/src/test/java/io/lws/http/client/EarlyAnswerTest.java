package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An origin that has seen enough of a request answers, and leaves the rest unread: its kernel then resets the connection. */
class EarlyAnswerTest {
    private static final int REQUESTS = 30;
    private static final int LONG = 32 << 20;
    private static final byte[] ANSWER =
            "HTTP/1.1 413 x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig".getBytes(StandardCharsets.ISO_8859_1);

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private static void serve(ServerSocket listener) {
        for (int i = 0; i < REQUESTS; i++) {
            try (Socket socket = listener.accept()) {
                InputStream in = socket.getInputStream();
                in.readNBytes(200 + i * 5000);
                socket.getOutputStream().write(ANSWER);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void isHeardThoughTheRequestCannotBeSentToItsEnd() throws Exception {
        Vhost own = Vhost.builder("client").build();
        Map<String, Integer> outcomes = new TreeMap<>();
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Context context =
                        leaks.watch(Context.builder().vhost(own).build().start());
                HttpClient client = HttpClient.builder(own).build()) {
            Thread origin = new Thread(() -> serve(listener), "origin");
            origin.start();
            String url = "http://localhost:" + listener.getLocalPort() + "/";
            RequestBody body = RequestBody.bytes("a/b", new byte[8 << 20]);
            for (int i = 0; i < REQUESTS; i++) {
                outcomes.merge(outcome(client, url, body), 1, Integer::sum);
            }
            origin.join();
        }
        assertEquals(Map.of("413 big", REQUESTS), outcomes);
    }

    /** Who answers while it reads, and reads no more than it can answer, must be read from while it is written to. */
    @Test
    void isReadWhileTheRequestWaitsForRoom() throws Exception {
        Vhost own = Vhost.builder("client").build();
        HttpClientLimits limits = HttpClientLimits.builder().responseBytes(LONG).build();
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Context context =
                        leaks.watch(Context.builder().vhost(own).build().start());
                HttpClient client = HttpClient.builder(own).limits(limits).build()) {
            Thread origin = new Thread(() -> echo(listener), "origin");
            origin.start();
            byte[] body = new byte[LONG];
            new Random(1).nextBytes(body);
            ClientRequest request = ClientRequest.post(
                    "http://localhost:" + listener.getLocalPort() + "/", RequestBody.bytes("a/b", body));
            assertArrayEquals(
                    body, client.send(request).get(20, TimeUnit.SECONDS).body());
            origin.join();
        }
    }

    private static void echo(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setSendBufferSize(64 << 10);
            InputStream in = socket.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            socket.getOutputStream().write(("HTTP/1.1 200 x\r\nContent-Length: " + LONG + "\r\n\r\n").getBytes());
            byte[] piece = new byte[8192];
            for (int left = LONG; left > 0; ) {
                int n = in.read(piece);
                socket.getOutputStream().write(piece, 0, n);
                left -= n;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String outcome(HttpClient client, String url, RequestBody body) throws Exception {
        try {
            ClientResponse response = client.send(ClientRequest.post(url, body)).get(20, TimeUnit.SECONDS);
            return response.status() + " " + response.text();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
