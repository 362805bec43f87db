package io.lws.integration;

import java.time.Duration;

/** The test's end of a {@link Swarm}. */
final class Crowd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Program process;

    Crowd(int port) {
        process = Program.java(
                System.getProperty("java.class.path"), null, "-Xmx256m", Swarm.class.getName(), Integer.toString(port));
    }

    /** One of the commands of {@link Swarm}; returns when it is done by all. */
    void run(String command) {
        process.send(command);
        process.awaitLine("^done " + command + "$", PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
