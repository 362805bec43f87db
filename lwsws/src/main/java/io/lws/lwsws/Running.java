package io.lws.lwsws;

import io.lws.Context;
import io.lws.spi.Generations;
import java.time.Duration;

/**
 * A generation that serves.
 *
 * @param places what it listens on
 * @param drainTimeout how long its connections may live on after the next generation has taken over
 * @param shutdownTimeout how long what has been accepted may take when the process is asked to end
 */
record Running(Generations.One shown, Places places, Duration drainTimeout, Duration shutdownTimeout) {
    int number() {
        return shown.number();
    }

    Context context() {
        return shown.context();
    }

    @Override
    public String toString() {
        return "generation " + number();
    }
}
