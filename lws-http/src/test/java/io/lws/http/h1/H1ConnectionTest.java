package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo.Initiator;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.testing.MemoryTransport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers on one connection: order, reuse, ends. */
class H1ConnectionTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void answersManyRequestsOnOneConnection() {
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            for (int i = 0; i < 5; i++) {
                client.send("GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
                rig.settle();
                Answer answer = Answer.one(client.receivedText());
                assertEquals("/" + i, answer.body());
                assertEquals("", answer.field("connection"));
            }
            assertFalse(client.sawFin());
            client.fin();
            rig.settle();
            assertTrue(client.sawFin());
        }
        assertEquals(5, probe.closed.size());
        assertTrue(probe.closed.stream().allMatch(info -> info.initiator() == Initiator.LOCAL && info.code() == 200));
    }

    /** Four ways to answer, in one write of the client: at once, from a task, from a writeable callback, in pieces. */
    @Test
    void answersPipelinedRequestsInOrderHoweverTheyAreAnswered() {
        Probe probe = new Probe();
        probe.onRequest = http -> answerBy(http, http.request().path());
        probe.onWriteable = (http, tx) -> {
            String path = http.request().path();
            if (path.startsWith("/writeable")) {
                http.respond(200, "text/plain", path);
                return;
            }
            tx.write(ByteBuffer.wrap((path + http.pss().steps).getBytes(StandardCharsets.US_ASCII)));
            if (++http.pss().steps == 3) {
                tx.finish();
            } else {
                http.requestWriteable();
            }
        };
        StringBuilder requests = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String path = List.of("/now", "/task", "/writeable", "/pieces").get(i * 7 % 4) + i;
            requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            expected.append(path.startsWith("/pieces") ? path + "0" + path + "1" + path + "2" : path)
                    .append(' ');
        }
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(requests.toString());
            rig.settle();
            StringBuilder bodies = new StringBuilder();
            Answer.all(client.receivedText())
                    .forEach(answer -> bodies.append(answer.body()).append(' '));
            assertEquals(expected.toString(), bodies.toString());
        }
        assertEquals(200, probe.closed.size());
    }

    private static void answerBy(HttpTransaction<Probe.Pss> http, String path) {
        if (path.startsWith("/now")) {
            http.respond(200, "text/plain", path);
        } else if (path.startsWith("/task")) {
            http.execute(() -> http.respond(200, "text/plain", path));
        } else if (path.startsWith("/pieces")) {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        } else {
            http.requestWriteable();
        }
    }

    @Test
    void answersPipelinedRequestsToAClientThatTakesLittle() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport server = rig.open().acceptPerWrite(7).deliverPerRead(11);
            server.peer().send(GET.repeat(50));
            rig.settle();
            assertEquals(50, Answer.all(server.peer().receivedText()).size());
        }
    }

    /** One who sends requests without reading answers is not read from any more. */
    @Test
    void stopsReadingRequestsWhileAnswersWait() {
        Probe probe = new Probe();
        byte[] big = new byte[100_000];
        probe.onRequest = http -> http.respond(200, Headers.EMPTY, big);
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport server = rig.open().refuse();
            server.peer().send(GET.repeat(100));
            rig.settle();
            assertTrue(probe.transactions.size() <= 2, probe.transactions.size() + " answers wait");
            server.allow();
            rig.settle();
            assertEquals(100, Answer.all(server.peer().receivedText()).size());
        }
    }

    @Test
    void sendsNoContentInAnswerToHead() {
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals("4", Answer.head(client.receivedText()).field("content-length"));
            probe.onRequest = http -> http.start(200, Headers.EMPTY, -1);
            probe.onBodyComplete = HttpTransaction::requestWriteable;
            probe.onWriteable = (http, tx) -> {
                tx.write(ByteBuffer.wrap(new byte[10]));
                tx.finish();
            };
            client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            assertEquals("chunked", Answer.head(client.receivedText()).field("transfer-encoding"));
        }
    }

    @Test
    void sendsNoContentWithStatusesThatHaveNone() {
        Probe probe = new Probe();
        probe.onRequest = http ->
                http.respond(http.request().path().equals("/304") ? 304 : 204, Headers.EMPTY, new byte[] {1, 2, 3});
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("GET /204 HTTP/1.1\r\nHost: x\r\n\r\nGET /304 HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            List<Answer> answers = Answer.all(client.receivedText());
            assertEquals(List.of(204, 304), answers.stream().map(Answer::status).toList());
            assertEquals("", answers.get(0).field("content-length"));
            assertEquals("", answers.get(1).field("content-length"));
        }
    }

    @Test
    void closesAfterTheRequestThatSaysSo() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send("GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals("/1", answer.body());
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void closesAfterTheLastRequestOfTheLimit() {
        HttpLimits three = HttpLimits.builder().requestsPerConnection(3).build();
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = new HttpRig(vhost -> vhost.option(three).protocol("p", (owner, options) -> probe))) {
            MemoryTransport client = rig.connect();
            client.send(GET.repeat(5));
            rig.settle();
            List<Answer> answers = Answer.all(client.receivedText());
            assertEquals(3, answers.size());
            assertEquals("close", answers.get(2).field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void keepsAnHttp10ConnectionOnlyWhenAsked() {
        try (HttpRig rig = HttpRig.of(Probe.echoingPaths())) {
            MemoryTransport client = rig.connect();
            client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            rig.settle();
            assertEquals("keep-alive", Answer.one(client.receivedText()).field("connection"));
            assertFalse(client.sawFin());
            client.send("GET /2 HTTP/1.0\r\n\r\n");
            rig.settle();
            assertEquals("close", Answer.one(client.receivedText()).field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void informsAheadOfTheAnswer() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.inform(103, Headers.of("Link", "</a.css>; rel=preload"));
            http.inform(102, Headers.EMPTY);
            http.respond(200, "text/plain", "x");
            assertThrows(IllegalStateException.class, () -> http.inform(103, Headers.EMPTY));
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            String told = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 102 \r\n\r\n";
            String wire = rig.exchange(GET);
            assertTrue(wire.startsWith(told + "HTTP/1.1 200 OK\r\n"), wire);
            String old = rig.exchange("GET / HTTP/1.0\r\n\r\n");
            assertTrue(old.startsWith("HTTP/1.1 200 OK\r\n"), old);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 200})
    void informsOfNothingElse(int status) {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            assertThrows(IllegalArgumentException.class, () -> http.inform(status, Headers.EMPTY));
            assertThrows(IllegalArgumentException.class, () -> http.inform(103, Headers.of("Content-Length", "1")));
            http.respond(204, Headers.EMPTY, new byte[0]);
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            assertEquals(204, Answer.one(rig.exchange(GET)).status());
        }
    }

    /** Of what is not sent nothing is said but what is known. */
    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void namesNoCodingOfContentThereIsNot(int status) {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(status, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> tx.finish();
        try (HttpRig rig = HttpRig.of(probe)) {
            Answer answer = Answer.one(rig.exchange(GET));
            assertEquals(status, answer.status());
            assertEquals("", answer.field("transfer-encoding"));
        }
    }

    /** HTTP/1.0 knows no chunks: content of unknown length ends with the connection. */
    @Test
    void endsContentOfUnknownLengthWithTheConnectionInHttp10() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[] {'a'}));
            tx.write(ByteBuffer.wrap(new byte[] {'b'}));
            tx.finish();
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals("ab", answer.body());
            assertEquals("", answer.field("transfer-encoding"));
            assertEquals("close", answer.field("connection"));
            assertTrue(client.sawFin());
        }
    }

    @Test
    void answersAClientThatHasEndedItsOutput() {
        Probe probe = new Probe();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(GET);
            client.fin();
            rig.settle();
            probe.last().execute(() -> probe.last().respond(200, "text/plain", "late"));
            rig.settle();
            Answer answer = Answer.one(client.receivedText());
            assertEquals("late", answer.body());
            assertEquals("close", answer.field("connection"));
        }
        assertEquals(Initiator.LOCAL, probe.closed.get(0).initiator());
    }

    @Test
    void answersAllOfAPipelineWhoseSenderHasEndedItsOutput() {
        Probe probe = new Probe();
        probe.onRequest = http -> http.execute(() -> http.respond(200, "text/plain", "x"));
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(GET.repeat(4));
            client.fin();
            rig.settle();
            assertEquals(4, Answer.all(client.receivedText()).size());
            assertTrue(client.sawFin());
        }
    }

    @Test
    void tellsTheProtocolOnceWhenTheClientGoes() {
        Probe probe = new Probe();
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport client = rig.connect();
            client.send(GET);
            rig.settle();
            client.reset();
            rig.settle();
            assertFalse(probe.last().isOpen());
            assertThrows(IllegalStateException.class, () -> probe.last().request());
        }
        assertEquals(List.of("request GET /a", "complete", "closed NETWORK 0"), probe.events);
    }

    @Test
    void tellsTheProtocolOnceWhenTheClientGoesInTheMiddleOfTheAnswer() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.EMPTY, 1_000_000);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[100_000]));
            http.requestWriteable();
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            MemoryTransport server = rig.open().refuse();
            server.peer().send(GET);
            rig.settle();
            server.peer().reset();
            rig.settle();
        }
        assertEquals(1, probe.closed.size());
        assertEquals(Initiator.NETWORK, probe.closed.get(0).initiator());
    }

    @Test
    void refusesASecondAnswer() {
        Probe probe = Probe.echoingPaths();
        probe.onClosed = http -> {
            assertThrows(IllegalStateException.class, () -> http.respond(200, "a/b", "third"));
            assertEquals("/a", http.request().path());
            assertFalse(http.isOpen());
        };
        probe.onBodyComplete = http -> probe.events.add("never called: it is answered");
        Probe twice = probe;
        var first = probe.onRequest;
        probe.onRequest = http -> {
            first.accept(http);
            assertFalse(http.isOpen());
            assertThrows(IllegalStateException.class, () -> http.respond(200, "a/b", "second"));
            assertThrows(IllegalStateException.class, () -> http.start(200, Headers.EMPTY, 1));
        };
        try (HttpRig rig = HttpRig.of(twice)) {
            assertEquals("/a", Answer.one(rig.exchange(GET)).body());
        }
        assertEquals(List.of("request GET /a", "closed LOCAL 200"), probe.events);
    }

    @Test
    void sendsAMountsFieldsWithEachOfItsAnswers() {
        Probe probe = Probe.echoingPaths();
        Mount mount = Mount.callback("/", "p").headers(Headers.of("X-Frame-Options", "DENY"));
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("p", (owner, options) -> probe).mount(mount))) {
            assertEquals("DENY", Answer.one(rig.exchange(GET)).field("x-frame-options"));
        }
        assertThrows(IllegalArgumentException.class, () -> mount.headers(Headers.of("Connection", "close")));
    }

    @Test
    void answersWhatNobodyServes() {
        Probe probe = Probe.echoingPaths();
        Mount mount = Mount.callback("/app", "p");
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("p", (owner, options) -> probe).mount(mount))) {
            assertEquals(
                    404,
                    Answer.one(rig.exchange("GET /apple HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .status());
            assertEquals(
                    404,
                    Answer.head(rig.exchange("HEAD /apple HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .status());
            assertEquals(
                    204,
                    Answer.one(rig.exchange("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .status());
            Answer connect = Answer.one(rig.exchange("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n" + GET));
            assertEquals(501, connect.status());
            assertEquals("close", connect.field("connection"));
        }
        assertEquals(List.of(), probe.events);
    }

    @Test
    void keepsTheConnectionAfterARequestNobodyServes() {
        Probe probe = Probe.echoingPaths();
        Mount mount = Mount.callback("/a", "p");
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("p", (owner, options) -> probe).mount(mount))) {
            List<Answer> answers = Answer.all(rig.exchange("GET /b HTTP/1.1\r\nHost: x\r\n\r\n" + GET));
            assertEquals(List.of(404, 200), answers.stream().map(Answer::status).toList());
            assertTrue(answers.get(0).body().contains("404"));
        }
    }

    @Test
    void redirectsWithPathAndQuery() {
        Mount mount = Mount.redirect("/old", "/new");
        try (HttpRig rig = new HttpRig(vhost -> vhost.mount(mount))) {
            Answer answer = Answer.one(rig.exchange("GET /old/%3Ca%3E?b=c HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertEquals(301, answer.status());
            assertEquals("/new/%3Ca%3E?b=c", answer.field("location"));
        }
    }

    @Test
    void letsAMountThatLeadsNowhereFailTheStart() {
        var context = Context.builder()
                .vhost(Vhost.builder("localhost")
                        .listen(new InetSocketAddress("localhost", 0))
                        .mount(Mount.callback("/", "nobody"))
                        .build());
        assertThrows(IllegalArgumentException.class, context::build);
    }
}
