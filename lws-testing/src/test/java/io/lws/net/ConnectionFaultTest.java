package io.lws.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.loop.EventLoop;
import io.lws.spi.RoleConnection;
import io.lws.testing.MemoryTransport;
import io.lws.testing.RecordingRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFaultTest extends ConnectionFixture {
    @Nested
    class Misbehaviour {
        private final MemoryTransport bystander = MemoryTransport.pair();
        private final RecordingRole other = new RecordingRole("bystander").echoing();

        record Row(String where, BiConsumer<RecordingRole, Runnable> plant) {
            @Override
            public String toString() {
                return where;
            }
        }

        static Stream<Row> callbacks() {
            return Stream.of(
                    new Row("onReadable", (role, bomb) -> role.onRead(in -> bomb.run())),
                    new Row("onWriteable", (role, bomb) -> role.onWrite(bomb)),
                    new Row("onPeerFin", (role, bomb) -> role.onFin(bomb)),
                    new Row("onTimeout", (role, bomb) -> role.atTimeout(reason -> bomb.run())),
                    new Row("onDrain", (role, bomb) -> role.atDrain(bomb)));
        }

        /** Brings every callback about, until the connection is gone. */
        private void provoke(Connection connection) {
            far.send("abc");
            connection.requestWriteable();
            loop.settle();
            connection.setTimeout(TimeoutReason.USER, 10);
            loop.advance(Duration.ofNanos(10));
            connection.tell(RoleConnection::onDrain);
            loop.settle();
            far.fin();
            loop.settle();
        }

        private void assertBystanderUnharmed() {
            bystander.peer().send("still here");
            loop.settle();
            assertEquals("still here", bystander.peer().receivedText());
            bystander.peer().fin();
            loop.settle();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void thrownFromACallbackEndsThisSessionAlone(Row row) {
            loop.open(bystander, other::attach);
            role.atTimeout(reason -> {}).atDrain(() -> {});
            IllegalStateException thrown = new IllegalStateException("meant");
            row.plant.accept(role, () -> {
                throw thrown;
            });
            Connection connection = open();
            provoke(connection);
            assertEquals(
                    1,
                    role.events().stream().filter(e -> e.startsWith("closed")).count());
            assertEquals(
                    "closed CALLBACK 0 callback threw IllegalStateException",
                    role.events().get(role.events().size() - 1));
            assertSame(thrown, role.closeInfo().cause());
            assertGone(connection);
            assertBystanderUnharmed();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void thrownAsAnErrorIsNoDifferent(Row row) {
            loop.open(bystander, other::attach);
            role.atTimeout(reason -> {}).atDrain(() -> {});
            row.plant.accept(role, () -> {
                throw new StackOverflowError("meant");
            });
            Connection connection = open();
            provoke(connection);
            assertEquals(CloseInfo.Initiator.CALLBACK, role.closeInfo().initiator());
            assertGone(connection);
            assertBystanderUnharmed();
        }

        @ParameterizedTest
        @MethodSource("callbacks")
        void ofThePeerReachesOnViolationThenOnClosedWithTheCode(Row row) {
            role.atTimeout(reason -> {}).atDrain(() -> {});
            role.atViolation(violation -> write("close " + violation.code()));
            row.plant.accept(role, () -> {
                throw new ProtocolException(1002, "reserved bit");
            });
            Connection connection = open();
            provoke(connection);
            int events = role.events().size();
            assertEquals("violation 1002 reserved bit", role.events().get(events - 2));
            assertEquals("closed PROTOCOL 1002 reserved bit", role.events().get(events - 1));
            assertEquals("close 1002", far.receivedText());
            assertGone(connection);
        }

        @Test
        void thrownFromOnViolationEndsTheSessionToo() {
            role.onRead(in -> {
                throw new ProtocolException(1002, "bad");
            });
            role.atViolation(violation -> {
                throw new IllegalStateException("meant");
            });
            Connection connection = open();
            far.send("x");
            loop.settle();
            role.assertEvents("read ", "violation 1002 bad", "closed CALLBACK 0 callback threw IllegalStateException");
            assertGone(connection);
        }

        @Test
        void thrownFromOnClosedEndsNothingElse() {
            role.atClosed(info -> {
                throw new IllegalStateException("meant");
            });
            Connection connection = open();
            connection.close(CloseInfo.local(0, "done"));
            finFromPeer();
            role.assertEvents("closed LOCAL 0 done");
            assertGone(connection);
        }

        @Test
        void thrownFromATaskEndsItsSession() {
            Connection connection = open();
            connection.execute(() -> {
                throw new IllegalStateException("meant");
            });
            loop.settle();
            role.assertEvents("closed CALLBACK 0 callback threw IllegalStateException");
            connection.execute(() -> role.events().add("never"));
            loop.settle();
            assertGone(connection);
        }

        @Test
        void ofTheTransportIsAFailureOfTheNetwork() {
            Connection connection = open();
            Transport broken = brokenTransport();
            RecordingRole second = new RecordingRole();
            Connection doomed = loop.open(broken, second::attach);
            doomed.onReadable();
            loop.settle();
            second.assertEvents("closed NETWORK 0 broken below");
            assertEquals(ConnectionPhase.CLOSED, doomed.phase());
            assertTrue(connection.isOpen());
            finFromPeer();
        }

        private Transport brokenTransport() {
            return new Transport() {
                @Override
                public void open(EventLoop on, Events above) {}

                @Override
                public int read(ByteBuffer dst) {
                    throw new UncheckedIOException(new IOException("broken below") {
                        @Override
                        public String toString() {
                            return "broken below";
                        }
                    });
                }

                @Override
                public int write(ByteBuffer src) {
                    throw new IllegalStateException("broken below");
                }

                @Override
                public void interest(int interest) {}

                @Override
                public void shutdownOutput() {}

                @Override
                public void close() {}
            };
        }

        /** Such as the answer of an origin that does not read a request to its end. */
        @Test
        void ofOutputIsTheEndOnceWhoAsksHasHeardWhatHadArrived() {
            MemoryTransport deaf = MemoryTransport.pair();
            Connection connection = loop.open(new Deaf(deaf), role.asking()::attach);
            connection.requestWriteable();
            role.onWrite(() -> connection.write(ByteBuffer.wrap(bytes("question"))));
            deaf.peer().send("answer");
            connection.onWriteable();
            loop.settle();
            role.assertEvents("writeable", "read answer", "closed NETWORK 0 broken pipe");
            assertEquals(ConnectionPhase.CLOSED, connection.phase());
        }

        /** It has its answer and closes: what would have gone out before goes nowhere, and is not waited for. */
        @Test
        void ofOutputDoesNotKeepWhoHasHadTheAnswerFromClosing() {
            MemoryTransport deaf = MemoryTransport.pair();
            Connection connection = loop.open(new Deaf(deaf), role.asking()::attach);
            connection.requestWriteable();
            role.onWrite(() -> connection.write(ByteBuffer.wrap(bytes("question"))));
            role.onRead(in -> {
                in.position(in.limit());
                connection.close(CloseInfo.local(0, "answered"));
            });
            deaf.peer().send("answer");
            connection.onWriteable();
            loop.settle();
            role.assertEvents("writeable", "read answer", "closed LOCAL 0 answered");
            assertEquals(ConnectionPhase.CLOSED, connection.phase());
        }

        /** Takes no output, and has input. */
        private record Deaf(MemoryTransport below) implements Transport {
            @Override
            public void open(EventLoop on, Events above) {
                below.open(on, above);
            }

            @Override
            public int read(ByteBuffer dst) throws IOException {
                return below.read(dst);
            }

            @Override
            public int write(ByteBuffer src) throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public void interest(int interest) {
                below.interest(interest);
            }

            @Override
            public void shutdownOutput() throws IOException {
                below.shutdownOutput();
            }

            @Override
            public void close() {
                below.close();
            }
        }

        @Test
        void onAForeignThreadIsRefused() throws Exception {
            Connection connection = open();
            CloseInfo info = CloseInfo.local(0, "x");
            for (Runnable call : new Runnable[] {
                () -> connection.close(info),
                () -> connection.abort(info),
                connection::requestWriteable,
                connection::pauseRx,
                connection::resumeRx,
                () -> connection.out(1),
                () -> connection.setTimeout(TimeoutReason.USER, 1),
                () -> connection.replaceRole(role),
                () -> loop.open(MemoryTransport.pair(), role::attach)
            }) {
                FutureTask<Void> task = new FutureTask<>(call, null);
                Thread thread = new Thread(task);
                thread.start();
                ExecutionException failed = assertThrows(ExecutionException.class, task::get);
                assertEquals(IllegalStateException.class, failed.getCause().getClass());
            }
            assertTrue(connection.isOpen());
            finFromPeer();
        }
    }

    @Nested
    class Opening {
        @Test
        void thatFailsInTheRoleLeavesNothing() {
            assertThrows(
                    IllegalStateException.class,
                    () -> loop.open(near, connection -> {
                        connection.requestWriteable();
                        connection.setTimeout(TimeoutReason.USER, 1_000);
                        connection.close(CloseInfo.local(0, "refused"));
                        throw new IllegalStateException("meant");
                    }));
            assertTrue(near.isClosed());
            loop.settle();
        }

        @Test
        void thatFailsLeavesOthersInPlace() {
            MemoryTransport second = MemoryTransport.pair();
            RecordingRole other = new RecordingRole();
            loop.open(second, other::attach);
            thatFailsInTheRoleLeavesNothing();
            assertEquals(1, loop.net().load());
            loop.net().drain();
            loop.settle();
            other.assertEvents("drain", "closed LOCAL 0 drained");
            second.peer().fin();
            loop.settle();
        }

        @Test
        void thatFailsWithAnErrorLeavesNothing() {
            assertThrows(
                    NoClassDefFoundError.class,
                    () -> loop.open(near, connection -> {
                        throw new NoClassDefFoundError("meant");
                    }));
            assertTrue(near.isClosed());
        }

        @Test
        void maybeRefusedByTheRole() {
            Connection connection = loop.open(near, opened -> {
                role.attach(opened);
                opened.close(CloseInfo.local(0, "refused"));
                return role;
            });
            loop.settle();
            role.assertEvents("closed LOCAL 0 refused");
            assertTrue(far.sawFin());
            finFromPeer();
            assertGone(connection);
        }
    }
}
