package io.lws.lwsws;

import io.lws.Log;
import java.util.List;

/** A reload somebody asked for, and what he is told of it. */
final class Reloading {
    private static final Log LOG = Log.of("lwsws");

    private Reloading() {}

    /** {@code lines} say what serves now, or everything that is wrong. */
    record Outcome(boolean isDone, List<String> lines) {
        Outcome {
            lines = List.copyOf(lines);
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /** Reloads, logs how that went, and never throws. */
    static Outcome of(Server server) {
        try {
            Running next = server.load();
            String line = next + " serves";
            LOG.info("reload", line);
            return new Outcome(true, server.hasOvertaken(next) ? List.of(line, Server.OVERTAKEN) : List.of(line));
        } catch (ConfigurationException e) {
            return refused(e.problems());
        } catch (Exception | Error e) { // a plugin may throw what nobody declares, and whoever asked waits
            LOG.error("reload", "failed", e);
            return refused(List.of(String.valueOf(e)));
        }
    }

    private static Outcome refused(List<String> problems) {
        problems.forEach(each -> LOG.warn("reload", each));
        LOG.warn("reload", "refused; what served before serves on");
        return new Outcome(false, problems);
    }
}
