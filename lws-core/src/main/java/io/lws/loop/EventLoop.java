package io.lws.loop;

import io.lws.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * One service thread's loop (lws: pt). {@link #turn} is the whole duty cycle: poll, tasks, timers, writeables, closing.
 *
 * <p>Only {@link #execute}, {@link #wakeup} and {@link #stop} may be called from any thread; everything else throws
 * {@link IllegalStateException} off the loop's thread. The thread is whichever first calls {@link #run} or {@link
 * #serviceOnce}; a foreign loop (Swing, GTK, another framework) drives {@link #serviceOnce} from its own.
 */
public final class EventLoop {
    private static final Log LOG = Log.of("lws.loop");
    private static final int TASK_CHUNK = 128;
    private static final int MAX_TASKS_PER_TURN = 1024;
    private static final int MAX_PASSES = 16;

    private final int index;
    private final Poller poller;
    private final NanoClock clock;
    private final LoopLatency latency;
    private final TimerQueue timers = new TimerQueue();
    private final MpscUnboundedVarHandleArrayQueue<Runnable> tasks = new MpscUnboundedVarHandleArrayQueue<>(TASK_CHUNK);
    private final AtomicReference<Wake> wake = new AtomicReference<>(Wake.RUNNING);
    private final List<Runnable> atEnd = new ArrayList<>();
    private ArrayDeque<Serviceable> ready = new ArrayDeque<>();
    private ArrayDeque<Serviceable> nextTurn = new ArrayDeque<>();
    private final ArrayDeque<Serviceable> closing = new ArrayDeque<>();

    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile boolean ended;
    private long nowNs;
    private boolean timeStale = true;
    /** Between the turns of a foreign loop, while another thread waits. */
    private boolean foreignWait;

    private int turnNumber;

    /** Whether the loop must be woken to notice something. */
    private enum Wake {
        /** In a turn: it looks at its queues before it waits. */
        RUNNING,
        /** In the poller, or about to be. */
        WAITING,
        /** Asked to take a turn without waiting. */
        WOKEN
    }

    /** A task that must know when it will never run. */
    public interface Task extends Runnable {
        /** Comes instead of {@link #run} once the loop has ended, on any thread. */
        void dropped();
    }

    /** For contexts and tests: {@code poller} serves this loop alone, and is closed by whoever has made it. */
    public EventLoop(int index, Poller poller, NanoClock clock) {
        this.index = index;
        this.poller = poller;
        this.clock = clock;
        latency = new LoopLatency(clock);
    }

    /** 0 for the first loop of a context. */
    public int index() {
        return index;
    }

    /** What it waits with. To be used on the loop's thread, but for {@link Poller#wakeup}. */
    public Poller poller() {
        return poller;
    }

    /** How long the events of its connections take; off until it is started. Any thread. */
    public LoopLatency latency() {
        return latency;
    }

    /** The time of this turn: read once, after the wait, at the first need. Between the turns of a foreign loop, now. */
    public long nowNs() {
        if (timeStale || foreignWait) {
            nowNs = clock.nowNs();
            timeStale = false;
        }
        return nowNs;
    }

    /** Counts turns, wrapping; budgets per turn compare it. */
    public int turnNumber() {
        return turnNumber;
    }

    // ---- any thread

    /**
     * Runs {@code task} on the loop's thread, in the order given by one caller. Any thread. A task that throws is logged
     * and reaches nobody else. Once the loop has ended tasks are dropped, and a {@link Task} is told so.
     */
    public void execute(Runnable task) {
        tasks.offer(task);
        if (ended) {
            dropTasks();
        } else if (Thread.currentThread() != thread || foreignWait) {
            wakeup();
        }
    }

    /** Makes the loop take a turn soon. Any thread; costs a system call only when it finds the loop waiting. */
    public void wakeup() {
        if (wake.get() != Wake.WOKEN && wake.getAndSet(Wake.WOKEN) == Wake.WAITING) {
            poller.wakeup();
        }
    }

    /** Makes {@link #run} return after the turn it is in. Any thread. */
    public void stop() {
        stopped = true;
        wakeup();
    }

    /** True once the last turn is over; nothing runs on this loop any more. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether a thread has ever serviced it. Any thread. */
    public boolean isBound() {
        return thread != null;
    }

    /** Whether the calling thread is the one that services it. Any thread; false before the first turn. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** @throws IllegalStateException off the loop's thread, once a thread has been bound */
    public void assertInLoop() {
        if (Thread.currentThread() != thread && thread != null) {
            throw new IllegalStateException(
                    "called on " + Thread.currentThread().getName() + ", but this belongs to loop " + index
                            + "; use EventLoop.execute or Session.execute");
        }
    }

    // ---- the loop's thread

    /** Arms {@code timer} to fire once, {@code delayNs} from now; moves it when it is armed already. */
    public void schedule(Timer timer, long delayNs) {
        betweenTurns();
        timers.arm(timer, nowNs() + Math.min(Math.max(0, delayNs), TimerQueue.MAX_DELAY_NS));
    }

    /** On a foreign loop's thread things are asked for while somebody else waits for this loop: that wait is over. */
    private void betweenTurns() {
        if (foreignWait) {
            wakeup();
        }
    }

    /** What its poller watches has changed: on a foreign loop's thread, between turns, whoever waits must look anew. */
    public void watchChanged() {
        betweenTurns();
    }

    /** Disarms {@code timer}; nothing where it is not armed. A timer may do so to itself and others while it fires. */
    public void cancel(Timer timer) {
        timers.cancel(timer);
    }

    /** Serves {@code what} after the ready channels of this turn. The caller sees to it that it is queued once. */
    public void serveThisTurn(Serviceable what) {
        betweenTurns();
        ready.addLast(what);
    }

    /** Serves {@code what} in the next turn, which then does not wait. */
    public void serveNextTurn(Serviceable what) {
        betweenTurns();
        nextTurn.addLast(what);
    }

    /** Serves {@code what} as the last thing of this turn: where connections are taken down. */
    public void serveAtEndOfTurn(Serviceable what) {
        betweenTurns();
        closing.addLast(what);
    }

    /** Runs {@code action} on the loop's thread after the last turn; in the order added. Before the loop runs. */
    public void atEnd(Runnable action) {
        atEnd.add(action);
    }

    /**
     * Takes turns on this thread until {@link #stop}. Interrupting the thread does not end the loop: a selector does not
     * wait while the mark stands, and a file being sent would be closed by it, so the mark is wiped.
     */
    public void run() {
        bindThread();
        try {
            while (!stopped) {
                turn(-1);
                Thread.interrupted();
            }
        } finally {
            end();
        }
    }

    /**
     * One turn for a foreign loop's thread; the one that follows {@link #stop} is the last.
     *
     * @param timeoutNs the longest wait: 0 = none, negative = until something happens
     * @return how many things were done; 0 = nothing was waiting
     * @throws UncheckedIOException where the poller fails, and with it the loop, which has ended then
     */
    public int serviceOnce(long timeoutNs) {
        bindThread();
        if (ended) {
            return 0;
        }
        boolean goesOn = false;
        try {
            int work = turn(stopped ? 0 : timeoutNs);
            submit();
            goesOn = !stopped;
            return work;
        } finally {
            if (!goesOn) {
                end();
            }
        }
    }

    /** The foreign loop is gone, and no turn of it is under way or to come: ends this loop on the caller's thread. */
    void endForAThreadThatIsGone() {
        synchronized (wake) {
            thread = Thread.currentThread();
        }
        stop();
        serviceOnce(0);
    }

    /**
     * The end of a foreign loop's turn: from here on a wakeup reaches whoever waits with {@link Poller#await}.
     *
     * @return how long nothing is due: 0 = take a turn at once, negative = until something happens
     */
    long beginForeignWait() {
        assertInLoop();
        boolean busy = !ready.isEmpty() || !nextTurn.isEmpty() || !closing.isEmpty() || !tasks.isEmpty();
        if (busy || stopped || !wake.compareAndSet(Wake.RUNNING, Wake.WAITING)) {
            return 0;
        }
        if (!tasks.isEmpty() || stopped) {
            return 0;
        }
        foreignWait = true;
        timeStale = true;
        return timers.size() == 0 ? -1 : timers.delayNs(nowNs());
    }

    private int turn(long maxWaitNs) {
        foreignWait = false;
        turnNumber++;
        int work = poll(waitNs(maxWaitNs));
        work += runTasks();
        work += timers.size() == 0 ? 0 : timers.fireDue(nowNs());
        work += serve(ready);
        work += serve(closing);
        timeStale = true;
        return work;
    }

    private long waitNs(long maxWaitNs) {
        if (!nextTurn.isEmpty()) {
            ArrayDeque<Serviceable> due = nextTurn;
            nextTurn = ready;
            ready = due;
            return 0;
        }
        if (!ready.isEmpty() || !tasks.isEmpty() || !closing.isEmpty()) {
            return 0;
        }
        if (timers.size() == 0) {
            return maxWaitNs;
        }
        timeStale = true;
        long timerNs = timers.delayNs(nowNs());
        return maxWaitNs < 0 ? timerNs : Math.min(maxWaitNs, timerNs);
    }

    private int poll(long waitNs) {
        timeStale = true;
        // whoever queues something from here on finds a loop that waits; whoever did before has made it WOKEN
        boolean mayWait = waitNs != 0 && wake.compareAndSet(Wake.RUNNING, Wake.WAITING);
        try {
            return poller.poll(mayWait ? waitNs : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the poller of loop " + index + " failed", e);
        } finally {
            wake.set(Wake.RUNNING);
        }
    }

    private int runTasks() {
        int done = 0;
        Runnable task;
        while (done < MAX_TASKS_PER_TURN && (task = tasks.poll()) != null) {
            done++;
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("loop " + index, "a task threw", e);
            }
        }
        return done;
    }

    /** Also serves what is queued meanwhile, but not for ever: two sessions that wake each other must not stop the loop. */
    private int serve(ArrayDeque<Serviceable> queue) {
        int served = 0;
        for (int pass = 0; pass < MAX_PASSES && !queue.isEmpty(); pass++) {
            for (int n = queue.size(); n > 0; n--) {
                serveOne(queue.removeFirst());
                served++;
            }
        }
        return served;
    }

    private void serveOne(Serviceable what) {
        try {
            what.service();
        } catch (Throwable e) {
            LOG.error("loop " + index, "serving " + what.getClass().getName() + " threw", e);
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        dropTasks();
        for (Runnable each : atEnd) {
            serveOne(each::run);
            serve(closing);
        }
        submit();
    }

    /** For a thread that will not poll next. */
    private void submit() {
        try {
            poller.submit();
        } catch (IOException e) {
            throw new UncheckedIOException("the poller of loop " + index + " failed", e);
        }
    }

    /** The loop has ended, so its thread takes no tasks any more: whoever comes drops them, one at a time. */
    private synchronized void dropTasks() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            if (task instanceof Task told) {
                serveOne(told::dropped);
            }
        }
    }

    private void bindThread() {
        Thread current = Thread.currentThread();
        synchronized (wake) {
            thread = thread == null ? current : thread;
        }
        if (thread != current) {
            throw new IllegalStateException("loop " + index + " belongs to another thread");
        }
    }

    // ---- what a leak check looks at

    public int armedTimers() {
        return timers.size();
    }
}
