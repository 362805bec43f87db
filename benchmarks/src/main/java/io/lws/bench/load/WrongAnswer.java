package io.lws.bench.load;

/** The server said something else than it should have: a figure measured on it would mean nothing. */
public final class WrongAnswer extends RuntimeException {
    public WrongAnswer(String what) {
        super(what);
    }
}
