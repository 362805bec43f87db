package io.lws.bench;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.LoadSpec;
import io.lws.bench.load.Timing;
import io.lws.bench.load.Usage;
import io.lws.bench.load.WrongAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * A load over HTTP/2 and TLS, made by nghttp2's program h2load, on the core of this process. It tells how many answers there
 * were and not how long each took; connections are made within the measured time.
 */
final class H2Load {
    private static final Pattern ANSWERS = Pattern.compile("requests: .* (\\d+) succeeded, (\\d+) failed");
    private static final Pattern GOOD = Pattern.compile("status codes: (\\d+) 2xx");
    private static final Pattern CONTENT = Pattern.compile("\\((\\d+)\\) data");

    private static final int HANGS_S = 15;

    /** Connections are made meanwhile. */
    private static final int SHORTEST_MS = 1000;

    private H2Load() {}

    static LoadResult closed(Row row, PeerProcess server, Timing timing) throws IOException {
        answerOnce(row.spec(), server);
        if (timing.warmUpNs() > 0) {
            measured(row.spec(), server, timing.warmUpNs());
        }
        return measured(row.spec(), server, timing.measuredNs());
    }

    /** As many answers as can be under way: a cold server's first handshakes can take longer than a warm-up lasts. */
    private static void answerOnce(LoadSpec spec, PeerProcess server) throws IOException {
        run(spec, server, 0, List.of("-n", Integer.toString(spec.connections() * spec.depth())));
    }

    /** h2load 1.52 does not always come to its end when its time is over: then it is asked once more. */
    private static LoadResult measured(LoadSpec spec, PeerProcess server, long durationNs) throws IOException {
        try {
            return once(spec, server, durationNs);
        } catch (IOException hung) {
            Progress.say("  h2load is asked again");
            return once(spec, server, durationNs);
        }
    }

    private static LoadResult once(LoadSpec spec, PeerProcess server, long durationNs) throws IOException {
        ProcessUsage meter = new ProcessUsage(server.pid());
        Usage before = meter.now();
        long startNs = System.nanoTime();
        long lastsMs = Math.max(SHORTEST_MS, TimeUnit.NANOSECONDS.toMillis(durationNs));
        long answers = durationNs == 0 ? 0 : run(spec, server, durationNs, List.of("-D", lastsMs + "ms"));
        long elapsedNs = System.nanoTime() - startNs;
        Usage used = meter.now().since(before);
        return new LoadResult(answers, elapsedNs, answers * spec.content().length, used, new Histogram(3));
    }

    private static long run(LoadSpec spec, PeerProcess server, long durationNs, List<String> amount)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "timeout",
                Long.toString(TimeUnit.NANOSECONDS.toSeconds(durationNs) + HANGS_S),
                "h2load",
                "-t",
                "1",
                "-c",
                Integer.toString(spec.connections()),
                "-m",
                Integer.toString(spec.depth())));
        command.addAll(amount);
        command.add("https://127.0.0.1:" + server.tlsPort() + spec.path());
        String said = Tool.run(command);
        long answers = number(ANSWERS, said);
        boolean right = said.contains("Application protocol: h2\n")
                && said.contains(" 0 failed")
                && number(GOOD, said) >= answers
                && number(CONTENT, said) >= answers * spec.content().length;
        if (!right) {
            throw new WrongAnswer("h2load says: " + said);
        }
        return answers;
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
