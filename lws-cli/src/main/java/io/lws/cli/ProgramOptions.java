package io.lws.cli;

import io.lws.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all mains understand, of servers and of clients: mixed into the options of either. */
final class ProgramOptions {
    static final int DEFAULT_PORT = 7681;
    static final Duration GRACE = Duration.ofSeconds(2);

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "service threads, one loop each (default 1)")
    private int threads = 1;

    @Option(
            names = {"-d", "--debug"},
            paramLabel = "LEVEL",
            description = "error, warn, info (default), debug; or lws' bits, 15 = info, above 15 = debug")
    private String level = "info";

    @Option(
            names = {"--poller"},
            paramLabel = "NAME",
            description =
                    "event poller: nio (default); epoll, uring where lws-epoll is there; auto: the best that works")
    private String poller = "nio";

    @Parameters(paramLabel = "ARGUMENT", description = "what an example takes besides", arity = "0..*")
    private List<String> arguments = new ArrayList<>();

    /**
     * Reads {@code args} into {@code options}, of which this one is a part; ends the process for {@code --help} (status 0) and
     * for what it does not know (status 2, with the usage).
     */
    void parse(Object options, String name, String... args) {
        CommandLine line = new CommandLine(options).setCommandName(name);
        try {
            line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            System.err.println(name + ": " + e.getMessage());
            line.usage(System.err);
            System.exit(2);
        }
        if (line.isUsageHelpRequested()) {
            line.usage(System.out);
            System.exit(0);
        }
        LogLevel.apply(level);
    }

    int threads() {
        return threads;
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }

    /** The loops and the poller that the command line asks for. */
    Context.Builder in(Context.Builder context) {
        return context.loops(threads).poller(poller);
    }
}
