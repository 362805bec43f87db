package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.LoopRunner;
import io.lws.testing.ManualClock;
import io.lws.testing.ManualPoller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final LoopRunner runner = new LoopRunner();
    private final EventLoop loop = runner.loop();
    private final List<String> seen = new ArrayList<>();

    /** Runs {@code step} to its end on a thread that is not the loop's. */
    private static void elsewhere(Runnable step) {
        FutureTask<Void> task = new FutureTask<>(step, null);
        Thread thread = new Thread(task);
        thread.start();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Turn {
        @Test
        void goesPollTasksTimersWriteablesClosing() {
            loop.serveAtEndOfTurn(() -> seen.add("closing"));
            loop.serveThisTurn(() -> seen.add("ready"));
            loop.schedule(new Timer(nowNs -> seen.add("timer")), 0);
            loop.execute(() -> seen.add("task"));
            runner.poller().report(ready -> seen.add("poll"), Interest.READ);
            assertEquals(4 + 1, runner.turn());
            assertEquals(List.of("poll", "task", "timer", "ready", "closing"), seen);
            assertEquals(0, runner.turn());
        }

        @Test
        void isCounted() {
            int before = loop.turnNumber();
            runner.turns(3);
            assertEquals(before + 3, loop.turnNumber());
        }

        @Test
        void keepsOneTimeThroughoutItself() {
            runner.clock().advance(Duration.ofMillis(5));
            List<Long> times = new ArrayList<>();
            loop.execute(() -> {
                times.add(loop.nowNs());
                runner.clock().advance(Duration.ofMillis(5));
                times.add(loop.nowNs());
            });
            runner.turn();
            assertEquals(times.get(0), times.get(1));
            assertTrue(loop.nowNs() - times.get(0) == Duration.ofMillis(5).toNanos(), "after the turn time goes on");
        }

        @Test
        void servesWhatWasPutOffInTheNextOneWithoutWaiting() {
            loop.serveThisTurn(() -> {
                seen.add("first");
                loop.serveNextTurn(() -> seen.add("put off"));
            });
            runner.turn();
            assertEquals(List.of("first"), seen);
            loop.serviceOnce(-1);
            assertEquals(0, runner.poller().lastTimeoutNs());
            assertEquals(List.of("first", "put off"), seen);
        }

        @Test
        void endsThoughTwoWakeEachOther() {
            Serviceable[] pair = new Serviceable[2];
            pair[0] = () -> loop.serveThisTurn(pair[1]);
            pair[1] = () -> loop.serveThisTurn(pair[0]);
            loop.serveThisTurn(pair[0]);
            int work = runner.turn();
            assertTrue(work > 1 && work < 100, "work " + work);
            loop.serveThisTurn(() -> seen.add("third"));
            runner.turn();
            assertEquals(List.of("third"), seen);
        }

        @Test
        void goesOnAfterWhatThrows() {
            loop.execute(() -> {
                throw new IllegalStateException("meant: task");
            });
            loop.execute(() -> {
                throw new AssertionError("meant: task");
            });
            loop.execute(() -> seen.add("task"));
            loop.schedule(
                    new Timer(nowNs -> {
                        throw new AssertionError("meant: timer");
                    }),
                    0);
            loop.schedule(new Timer(nowNs -> seen.add("timer")), 1);
            loop.serveThisTurn(() -> {
                throw new NoClassDefFoundError("meant: service");
            });
            loop.serveThisTurn(() -> seen.add("ready"));
            loop.serveAtEndOfTurn(() -> {
                throw new IllegalStateException("meant: closing");
            });
            loop.serveAtEndOfTurn(() -> seen.add("closing"));
            runner.advance(Duration.ofNanos(1));
            assertEquals(List.of("task", "ready", "closing", "timer").size(), seen.size());
            assertTrue(seen.containsAll(List.of("task", "timer", "ready", "closing")), seen.toString());
        }
    }

    @Nested
    class Waiting {
        @Test
        void lastsForEverWithNothingToDo() {
            loop.serviceOnce(-1);
            assertEquals(-1, runner.poller().lastTimeoutNs());
        }

        @Test
        void lastsUntilTheNextTimer() {
            loop.schedule(new Timer(nowNs -> {}), 1_000);
            loop.serviceOnce(-1);
            assertEquals(1_000, runner.poller().lastTimeoutNs());
            loop.serviceOnce(300);
            assertEquals(300, runner.poller().lastTimeoutNs());
            runner.advance(Duration.ofNanos(1_000));
        }

        @Test
        void isLeftOutForTasksOfTheLoopItself() {
            loop.execute(() -> loop.serveAtEndOfTurn(() -> loop.execute(() -> seen.add("later"))));
            runner.turn();
            assertEquals(List.of(), seen);
            loop.serviceOnce(-1);
            assertEquals(0, runner.poller().lastTimeoutNs());
            assertEquals(List.of("later"), seen);
        }

        @Test
        void isLeftOutOnceAfterWakeup() {
            elsewhere(loop::wakeup);
            loop.serviceOnce(-1);
            assertEquals(0, runner.poller().lastTimeoutNs());
            loop.serviceOnce(-1);
            assertEquals(-1, runner.poller().lastTimeoutNs());
        }
    }

    @Nested
    class Tasks {
        @Test
        void runInTheOrderOfTheirCaller() {
            elsewhere(() -> {
                for (int i = 0; i < 5_000; i++) {
                    int number = i;
                    loop.execute(() -> seen.add(String.valueOf(number)));
                }
            });
            runner.settle();
            assertEquals(5_000, seen.size());
            for (int i = 0; i < 5_000; i++) {
                assertEquals(String.valueOf(i), seen.get(i));
            }
        }

        @Test
        void leaveRoomForOthersWhenTheyNeverEnd() {
            Runnable[] self = new Runnable[1];
            self[0] = () -> loop.execute(self[0]);
            loop.execute(self[0]);
            loop.serveThisTurn(() -> seen.add("ready"));
            assertTrue(runner.turn() < 5_000);
            assertEquals(List.of("ready"), seen);
        }

        @Test
        void wakeNobodyWhoIsAwake() {
            int before = runner.poller().wakeups();
            loop.execute(() -> {
                elsewhere(() -> loop.execute(() -> seen.add("during the turn")));
                loop.execute(() -> seen.add("of its own"));
            });
            elsewhere(() -> loop.execute(() -> seen.add("before the turn")));
            runner.settle();
            assertEquals(3, seen.size());
            assertEquals(before, runner.poller().wakeups());
        }

        @Test
        void arriveFromManyThreadsInOrderEach() throws Exception {
            int threads = 4;
            int each = 20_000;
            CyclicBarrier go = new CyclicBarrier(threads);
            CountDownLatch done = new CountDownLatch(threads * each);
            int[] next = new int[threads];
            AtomicInteger wrong = new AtomicInteger();
            EventLoop real = new EventLoop(1, new NioPoller(), NanoClock.SYSTEM);
            Thread service = new Thread(real::run);
            service.start();
            for (int t = 0; t < threads; t++) {
                int who = t;
                new Thread(() -> {
                            await(go);
                            for (int i = 0; i < each; i++) {
                                int number = i;
                                real.execute(() -> {
                                    if (next[who]++ != number) {
                                        wrong.incrementAndGet();
                                    }
                                    done.countDown();
                                });
                            }
                        })
                        .start();
            }
            done.await();
            real.stop();
            service.join();
            real.poller().close();
            assertEquals(0, wrong.get());
        }

        private void await(CyclicBarrier barrier) {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A poller that really waits, without any channel: what is counted are the wake-ups that reach it. */
    private static final class WaitingPoller implements Poller {
        private final ManualPoller counted = new ManualPoller();
        private final Object lock = new Object();
        private boolean woken;
        private boolean waiting;

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public Registration register(java.nio.channels.SelectableChannel channel, int interest, Pollable target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int poll(long timeoutNs) throws IOException {
            synchronized (lock) {
                while (timeoutNs != 0 && !woken) {
                    waiting = true;
                    lock.notifyAll();
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                waiting = false;
                woken = false;
            }
            return 0;
        }

        void awaitWaiting() throws InterruptedException {
            synchronized (lock) {
                while (!waiting) {
                    lock.wait();
                }
            }
        }

        @Override
        public void wakeup() {
            counted.wakeup();
            synchronized (lock) {
                woken = true;
                lock.notifyAll();
            }
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Nested
    class WakingUp {
        private final WaitingPoller poller = new WaitingPoller();
        private final EventLoop waiting = new EventLoop(0, poller, new ManualClock());
        private final Thread service = new Thread(waiting::run);

        @Test
        void costsOneCallHoweverManyAsk() throws Exception {
            service.start();
            poller.awaitWaiting();
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            waiting.execute(() -> {
                blocked.countDown();
                awaitQuietly(release);
            });
            blocked.await();
            assertEquals(1, poller.counted.wakeups());
            CountDownLatch ran = new CountDownLatch(1_000);
            for (int i = 0; i < 1_000; i++) {
                waiting.execute(ran::countDown);
                waiting.wakeup();
            }
            release.countDown();
            ran.await();
            assertEquals(1, poller.counted.wakeups(), "a running loop needs no waking");
            waiting.stop();
            service.join();
        }

        @Test
        void reachesALoopThatWaitsAgain() throws Exception {
            service.start();
            for (int i = 1; i <= 50; i++) {
                poller.awaitWaiting();
                CountDownLatch ran = new CountDownLatch(1);
                waiting.execute(ran::countDown);
                ran.await();
                assertEquals(i, poller.counted.wakeups());
            }
            poller.awaitWaiting();
            waiting.stop();
            service.join();
            assertEquals(51, poller.counted.wakeups());
        }

        @Test
        void isNeverLost() throws Exception {
            service.start();
            for (int i = 0; i < 20_000; i++) {
                CountDownLatch ran = new CountDownLatch(1);
                waiting.execute(ran::countDown);
                ran.await();
            }
            waiting.stop();
            service.join();
        }

        private void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class Threads {
        @Test
        void areBoundByTheFirstWhoServices() {
            elsewhere(() -> {
                assertFalse(loop.inLoop());
                assertThrows(IllegalStateException.class, loop::assertInLoop);
                assertThrows(IllegalStateException.class, () -> loop.serviceOnce(0));
                assertThrows(IllegalStateException.class, loop::run);
            });
            assertTrue(loop.inLoop());
            loop.assertInLoop();
        }

        @Test
        void areNobodysBeforeTheFirstTurn() {
            EventLoop fresh = new EventLoop(3, new ManualPoller(), new ManualClock());
            fresh.assertInLoop();
            assertFalse(fresh.inLoop());
            elsewhere(() -> fresh.serviceOnce(0));
            assertThrows(IllegalStateException.class, fresh::assertInLoop);
        }

        @Test
        void mayBeForeignOnes() {
            EventLoop fresh = new EventLoop(3, new ManualPoller(), new ManualClock());
            fresh.execute(() -> seen.add("ran on " + Thread.currentThread().getName()));
            elsewhere(() -> {
                Thread.currentThread().setName("foreign");
                assertEquals(1, fresh.serviceOnce(0));
            });
            assertEquals(List.of("ran on foreign"), seen);
        }

        @Test
        void doNotEndByInterrupt() throws Exception {
            EventLoop real = new EventLoop(1, new NioPoller(), NanoClock.SYSTEM);
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch second = new CountDownLatch(1);
            Thread service = new Thread(real::run);
            service.start();
            real.execute(first::countDown);
            first.await();
            service.interrupt();
            real.execute(second::countDown);
            second.await();
            FutureTask<Boolean> marked =
                    new FutureTask<>(() -> Thread.currentThread().isInterrupted());
            real.execute(() -> real.serveAtEndOfTurn(() -> real.execute(marked)));
            assertFalse(marked.get());
            real.stop();
            service.join();
            real.poller().close();
        }
    }

    @Nested
    class Stopping {
        private final class Told implements EventLoop.Task {
            private final String name;

            Told(String name) {
                this.name = name;
            }

            @Override
            public void run() {
                seen.add("ran " + name);
            }

            @Override
            public void dropped() {
                seen.add("dropped " + name);
            }
        }

        @Test
        void endsAfterTheTurnItIsIn() {
            EventLoop fresh = new EventLoop(0, new ManualPoller(), new ManualClock());
            fresh.execute(() -> {
                fresh.stop();
                seen.add("stopped");
            });
            fresh.execute(() -> seen.add("same turn"));
            fresh.atEnd(() -> seen.add("end"));
            fresh.run();
            assertEquals(List.of("stopped", "same turn", "end"), seen);
            assertTrue(fresh.isEnded());
        }

        @Test
        void beforeTheFirstTurnRunsNothing() {
            EventLoop fresh = new EventLoop(0, new ManualPoller(), new ManualClock());
            fresh.stop();
            fresh.execute(new Told("a"));
            fresh.run();
            assertEquals(List.of("dropped a"), seen);
        }

        @Test
        void endsAForeignLoopWithItsNextTurn() {
            loop.atEnd(() -> seen.add("end"));
            loop.execute(new Told("a"));
            elsewhere(loop::stop);
            assertFalse(loop.isEnded());
            loop.serviceOnce(-1);
            assertTrue(loop.isEnded());
            assertEquals(List.of("ran a", "end"), seen);
            assertEquals(0, loop.serviceOnce(-1));
            assertEquals(List.of("ran a", "end"), seen);
        }

        @Test
        void tellsTasksThatComeTooLate() {
            loop.stop();
            runner.turn();
            loop.execute(new Told("late"));
            elsewhere(() -> loop.execute(new Told("later")));
            loop.execute(() -> seen.add("never"));
            assertEquals(List.of("dropped late", "dropped later"), seen);
        }

        @Test
        void losesNoTaskWithoutTellingIt() throws Exception {
            for (int round = 0; round < 200; round++) {
                EventLoop fresh = new EventLoop(0, new ManualPoller(), new ManualClock());
                int count = 200;
                CountDownLatch told = new CountDownLatch(count);
                Thread other = new Thread(() -> {
                    for (int i = 0; i < count; i++) {
                        fresh.execute(new EventLoop.Task() {
                            @Override
                            public void run() {
                                told.countDown();
                            }

                            @Override
                            public void dropped() {
                                told.countDown();
                            }
                        });
                    }
                });
                other.start();
                fresh.serviceOnce(0);
                fresh.stop();
                fresh.serviceOnce(0);
                told.await();
                other.join();
            }
        }

        @Test
        void stillTakesDownWhatItsEndCloses() {
            loop.atEnd(() -> loop.serveAtEndOfTurn(() -> seen.add("taken down")));
            loop.atEnd(() -> seen.add("last"));
            loop.stop();
            runner.turn();
            assertEquals(List.of("taken down", "last"), seen);
        }
    }
}
