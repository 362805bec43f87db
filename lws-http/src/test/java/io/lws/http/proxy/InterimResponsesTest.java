package io.lws.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Mount;
import io.lws.http.client.HttpClientLimits;
import io.lws.testing.LeakCheck;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes ahead of the origin's answer, and how much of it. */
class InterimResponsesTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private Context context = Context.builder().build();
    private Vhost front;

    @AfterEach
    void close() {
        context.close();
    }

    private void proxy(ScriptedOrigin origin, HttpClientLimits limits) {
        context.close();
        front = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .option(limits)
                .mount(Mount.proxy("/", origin.url()))
                .build();
        context = leaks.watch(Context.builder().vhost(front).build().start());
    }

    private static String head(Socket socket) throws Exception {
        return ScriptedOrigin.readHead(socket.getInputStream());
    }

    /** RFC 9110 15.2; clients of HTTP/1.0 know no such thing. */
    @Test
    void passesInterimResponsesOn() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering(
                "HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 Hints\r\nLink: </a>\r\n"
                        + "Connection: x-hop\r\nX-Hop: 1\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            proxy(origin, HttpClientLimits.DEFAULT);
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\nVia: 1.1 lws\r\n\r\n", head(socket));
                assertTrue(head(socket).startsWith("HTTP/1.1 200 "));
            }
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / HTTP/1.0\r\nHost: a\r\n\r\n");
                assertTrue(head(socket).startsWith("HTTP/1.1 200 "));
            }
        }
    }

    /** More than once ended the request with 502: such as progress, of which each is told and forgotten. */
    @Test
    void passesALongSeriesOfInterimResponsesOn() throws Exception {
        int many = 60;
        try (ScriptedOrigin origin = ScriptedOrigin.answering("HTTP/1.1 104 \r\nUpload-Offset: 1\r\n\r\n".repeat(many)
                + "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            proxy(origin, HttpClientLimits.DEFAULT);
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                for (int i = 0; i < many; i++) {
                    assertTrue(head(socket).startsWith("HTTP/1.1 104 "), "the one at " + i);
                }
                assertTrue(head(socket).startsWith("HTTP/1.1 200 "));
            }
        }
    }

    /** What the kernel has no room for either is not kept for a client that takes none of it. */
    @Test
    void keepsFewInterimResponsesForAClientThatTakesNone() throws Exception {
        int many = 1000;
        CountDownLatch allRead = new CountDownLatch(1);
        String told = "HTTP/1.1 103 \r\nLink: " + "x".repeat(30_000) + "\r\n\r\n";
        try (ScriptedOrigin origin = new ScriptedOrigin((socket, head) -> {
            for (int i = 0; i < many; i++) {
                ScriptedOrigin.say(socket, told);
            }
            ScriptedOrigin.say(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            if (socket.getInputStream().read() < 0) { // the proxy has come to the last of them
                allRead.countDown();
            }
        })) {
            proxy(origin, HttpClientLimits.builder().maxInterim(many).build());
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(64 << 10);
                socket.connect(new InetSocketAddress("localhost", front.port()));
                ScriptedOrigin.say(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertTrue(allRead.await(60, TimeUnit.SECONDS));
                var lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                int heard = 0;
                for (String line = lines.readLine(); !line.startsWith("HTTP/1.1 200 "); line = lines.readLine()) {
                    heard += line.startsWith("HTTP/1.1 103 ") ? 1 : 0;
                }
                assertTrue(heard >= 4 && heard < many * 2 / 3, heard + " of " + many);
            }
        }
    }
}
