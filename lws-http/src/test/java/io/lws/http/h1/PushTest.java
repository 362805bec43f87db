package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.LongPoll;
import io.lws.http.sse.SseEvent;
import io.lws.http.sse.SseStream;
import io.lws.http.sse.SseTopic;
import io.lws.testing.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that come when there is news. */
class PushTest {
    /** Gives each request the events of a topic. */
    private static final class Source implements HttpProtocol<Source.Pss> {
        static final class Pss {
            @Nullable
            SseStream stream;
        }

        final SseTopic topic = new SseTopic(3);
        final List<SseStream> streams = new ArrayList<>();
        final List<CloseInfo> closed = new ArrayList<>();

        @Override
        public Pss newPss() {
            return new Pss();
        }

        @Override
        public void onRequest(HttpTransaction<Pss> http) {
            SseStream stream = SseStream.open(http);
            http.pss().stream = stream;
            streams.add(stream);
            topic.join(stream);
        }

        @Override
        public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
            if (http.pss().stream != null) {
                http.pss().stream.onWriteable(tx);
            }
        }

        @Override
        public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
            if (http.pss().stream != null) {
                http.pss().stream.onClosed();
                topic.leave(http.pss().stream);
            }
            closed.add(info);
        }
    }

    private static HttpRig rig(HttpProtocol<?> protocol) {
        return new HttpRig(vhost -> vhost.protocol("p", (owner, options) -> protocol));
    }

    private static String events(MemoryTransport client) {
        String wire = client.receivedText();
        StringBuilder data = new StringBuilder();
        for (String line : wire.split("\r\n")) {
            data.append(line.contains(": ") && line.endsWith("\n") || line.startsWith(":") ? line : "");
        }
        return data.toString();
    }

    @Test
    void encodesEvents() {
        assertEquals("data: a\n\n", SseEvent.of("a").toString());
        assertEquals(
                "data: a\ndata: b\ndata: c\ndata: \n\n",
                SseEvent.of("a\nb\r\nc\r").toString());
        assertEquals(
                "retry: 1500\nid: 7\nevent: tick\ndata: x\n\n",
                SseEvent.of("x")
                        .named("tick")
                        .id("7")
                        .retry(Duration.ofMillis(1500))
                        .toString());
        assertThrows(IllegalArgumentException.class, () -> SseEvent.of("x").named("a\nb"));
        assertThrows(IllegalArgumentException.class, () -> SseEvent.of("x").id("a\rb"));
        assertThrows(IllegalArgumentException.class, () -> SseEvent.of("x").id("a\0b"));
    }

    @Test
    void sendsEventsToAllAndWhatWasMissedToThoseWhoComeBack() {
        Source source = new Source();
        try (HttpRig rig = rig(source)) {
            MemoryTransport one = rig.connect();
            one.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            String head = one.receivedText();
            assertTrue(head.contains("Content-Type: text/event-stream\r\n"), head);
            for (int i = 1; i <= 5; i++) {
                source.topic.publish(SseEvent.of("n" + i));
            }
            rig.settle();
            assertTrue(events(one).endsWith("id: 4\ndata: n4\n\nid: 5\ndata: n5\n\n"));
            MemoryTransport back = rig.connect();
            back.send("GET / HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 3\r\n\r\n");
            rig.settle();
            assertEquals("id: 4\ndata: n4\n\nid: 5\ndata: n5\n\n", events(back));
            MemoryTransport long1 = rig.connect();
            long1.send("GET / HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0\r\n\r\n");
            rig.settle();
            assertTrue(events(long1).startsWith("id: 3\n"), "only so many are kept");
            MemoryTransport odd = rig.connect();
            odd.send("GET / HTTP/1.1\r\nHost: x\r\nLast-Event-ID: what\r\n\r\n");
            rig.settle();
            assertEquals("", events(odd));
            assertEquals(4, source.topic.size());
            rig.advance(Duration.ofSeconds(15));
            assertEquals(":\n\n", events(odd));
            source.streams.forEach(SseStream::end);
            rig.settle();
            assertEquals(0, source.topic.size());
            assertTrue(odd.receivedText().endsWith("0\r\n\r\n") || source.closed.size() == 4);
        }
    }

    @Test
    void cutsOffWhoLagsTooFarBehind() {
        Source source = new Source();
        try (HttpRig rig = rig(source)) {
            MemoryTransport server = rig.open().refuse();
            server.peer().send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            SseStream stream = source.streams.get(0);
            SseEvent event = SseEvent.of("x".repeat(1000));
            int sent = 0;
            while (stream.send(event)) {
                sent++;
                assertTrue(stream.waiting() <= SseStream.MAX_WAITING);
                rig.settle();
            }
            assertTrue(sent >= SseStream.MAX_WAITING, () -> "cut after fewer");
            rig.settle();
            assertEquals(1, source.closed.size());
            assertFalse(stream.send(event));
        }
    }

    /** Holds each request until there is news. */
    private static final class Waiting implements HttpProtocol<Void> {
        final LongPoll<Void> poll = new LongPoll<>(2);

        @Override
        public void onRequest(HttpTransaction<Void> http) {
            if (!poll.hold(http, Duration.ofSeconds(5), late -> late.respond(204, "text/plain", ""))) {
                http.respond(503, "text/plain", "full");
            }
        }

        @Override
        public void onClosed(HttpTransaction<Void> http, CloseInfo info) {
            poll.forget(http);
        }
    }

    @Test
    void holdsRequestsUntilThereIsNews() {
        Waiting waiting = new Waiting();
        try (HttpRig rig = rig(waiting)) {
            List<MemoryTransport> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MemoryTransport client = rig.connect();
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                rig.settle();
                clients.add(client);
            }
            assertEquals("full", Answer.one(clients.get(2).receivedText()).body());
            assertEquals("", clients.get(0).receivedText());
            assertEquals(2, waiting.poll.size());
            waiting.poll.answerAll(http -> http.respond(200, "text/plain", "news"));
            rig.settle();
            assertEquals("news", Answer.one(clients.get(0).receivedText()).body());
            assertEquals("news", Answer.one(clients.get(1).receivedText()).body());
            assertEquals(0, waiting.poll.size());
            clients.get(0).send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.advance(Duration.ofSeconds(5));
            assertEquals(204, Answer.one(clients.get(0).receivedText()).status());
            clients.get(1).send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals(1, waiting.poll.size());
            clients.get(1).reset();
            rig.settle();
            assertEquals(0, waiting.poll.size());
        }
    }
}
