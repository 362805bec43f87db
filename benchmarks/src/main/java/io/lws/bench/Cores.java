package io.lws.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which core is whose: the server's and the client's are told apart where {@code taskset} and a second core exist, and
 * the server has only one loop. Otherwise both run anywhere.
 */
record Cores(boolean pinned) {
    static final int SERVER = 0;
    private static final int CLIENT = 1;

    static Cores forLoops(int loops) {
        return new Cores(loops == 1 && Runtime.getRuntime().availableProcessors() > 1 && Programs.has("taskset"));
    }

    /** {@code command}, kept to the server's core. */
    List<String> server(List<String> command) {
        if (!pinned) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(SERVER)));
        all.addAll(command);
        return all;
    }

    /** Moves this process, all its threads, to the client's core. */
    void pinThisProcess() throws IOException, InterruptedException {
        if (pinned) {
            String own = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-c", "-p", Integer.toString(CLIENT), own)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        }
    }
}
