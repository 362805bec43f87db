package io.lws.loop;

import java.util.Arrays;

/**
 * Armed timers of one loop: a binary heap of intrusive nodes ordered by {@code queuedNs}. Arming to a later time only
 * writes a field, since that is what a timeout pushed back by each message does; the node is put right when it surfaces.
 * Deadlines compare by difference, so the clock may wrap.
 */
final class TimerQueue {
    /** Farther deadlines would break the comparison by difference: 73 years. */
    static final long MAX_DELAY_NS = Long.MAX_VALUE / 4;

    private Timer[] heap = new Timer[16];
    private int size;
    private boolean firing;
    private long firingNs;

    int size() {
        return size;
    }

    void arm(Timer timer, long wantedNs) {
        // a timer that arms itself for now again and again must not keep fireDue from coming to an end
        long deadlineNs = firing && wantedNs - firingNs <= 0 ? firingNs + 1 : wantedNs;
        timer.deadlineNs = deadlineNs;
        if (timer.index == Timer.IDLE) {
            timer.queuedNs = deadlineNs;
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            size++;
            siftUp(size - 1, timer);
        } else if (deadlineNs - timer.queuedNs < 0) {
            timer.queuedNs = deadlineNs;
            siftUp(timer.index, timer);
        }
    }

    void cancel(Timer timer) {
        int at = timer.index;
        if (at == Timer.IDLE) {
            return;
        }
        timer.index = Timer.IDLE;
        size--;
        Timer moved = heap[size];
        heap[size] = null;
        if (at != size) {
            siftUp(at, moved);
            siftDown(moved.index, moved);
        }
    }

    /** Nanoseconds until the queue next wants attention, 0 when overdue, negative when it is empty. */
    long delayNs(long nowNs) {
        if (size == 0) {
            return -1;
        }
        return Math.max(0, heap[0].queuedNs - nowNs);
    }

    /** Fires what is due; a timer armed while this runs waits for the next call. */
    int fireDue(long nowNs) {
        firing = true;
        firingNs = nowNs;
        int fired = fireUntil(nowNs);
        firing = false;
        return fired;
    }

    private int fireUntil(long nowNs) {
        int fired = 0;
        while (size > 0 && heap[0].queuedNs - nowNs <= 0) {
            Timer timer = heap[0];
            if (timer.deadlineNs - nowNs <= 0) {
                cancel(timer);
                timer.fire(nowNs);
                fired++;
            } else {
                timer.queuedNs = timer.deadlineNs;
                siftDown(0, timer);
            }
        }
        return fired;
    }

    private void siftUp(int from, Timer timer) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (timer.queuedNs - heap[parent].queuedNs >= 0) {
                break;
            }
            set(at, heap[parent]);
            at = parent;
        }
        set(at, timer);
    }

    private void siftDown(int from, Timer timer) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].queuedNs - heap[child].queuedNs < 0) {
                child++;
            }
            if (timer.queuedNs - heap[child].queuedNs <= 0) {
                break;
            }
            set(at, heap[child]);
            at = child;
        }
        set(at, timer);
    }

    private void set(int at, Timer timer) {
        heap[at] = timer;
        timer.index = at;
    }
}
