package io.lws.epoll;

import java.util.Arrays;

/** Completions taken out of the ring and not yet told: a request made while they are told may have brought more. */
final class Completions {
    private static final long LOW = 0xffff_ffffL;

    /** Two words each: the user data, then flags and result. */
    private long[] words = new long[512];

    private int head;
    private int tail;

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return (tail - head) / 2;
    }

    void add(long userData, int result, int flags) {
        if (tail == words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        words[tail++] = userData;
        words[tail++] = ((long) flags << Integer.SIZE) | (result & LOW);
    }

    /** Of the first one. */
    long userData() {
        return words[head];
    }

    int result() {
        return (int) words[head + 1];
    }

    int flags() {
        return (int) (words[head + 1] >>> Integer.SIZE);
    }

    void drop() {
        head += 2;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }
}
