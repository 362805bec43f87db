package io.lws.cli;

import io.lws.Context;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The switches all client examples understand, as in lws: {@code -s ADDRESS}, {@code -p PORT}, {@code -u PATH}, {@code -n
 * COUNT}, {@code -t THREADS}, {@code -d LEVEL}, {@code -h}. {@link #parse} ends the process for {@code --help} (status 0)
 * and for what it does not know (status 2, with the usage).
 */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
public final class ClientOptions {
    @Mixin
    private final ProgramOptions program = new ProgramOptions();

    @Option(
            names = {"-s", "--server"},
            paramLabel = "ADDRESS",
            description = "server to connect to (default localhost)")
    private String server = "localhost";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "its TCP port (default ${DEFAULT-VALUE})")
    private int port = ProgramOptions.DEFAULT_PORT;

    @Option(
            names = {"-u", "--path"},
            paramLabel = "PATH",
            description = "path of the URL (default /)")
    private String path = "/";

    @Option(
            names = {"-n", "--count"},
            paramLabel = "COUNT",
            description = "how many, where an example counts something (default 10)")
    private int count = 10;

    @Option(
            names = {"--h2-prior-knowledge"},
            description = "speak HTTP/2 also in plain text, for examples that speak HTTP")
    private boolean h2PriorKnowledge;

    private ClientOptions() {}

    /** {@code name} is the program's, for its usage text. */
    public static ClientOptions parse(String name, String... args) {
        return parse(name, ProgramOptions.DEFAULT_PORT, args);
    }

    /** As {@link #parse(String, String...)} for a program whose servers listen elsewhere unless {@code -p} is given. */
    public static ClientOptions parse(String name, int defaultPort, String... args) {
        ClientOptions options = new ClientOptions();
        options.port = defaultPort;
        options.program.parse(options, name, args);
        return options;
    }

    /** The URL of the server, such as {@code ws://localhost:7681/}. */
    public String uri(String scheme) {
        return uri(scheme, path);
    }

    /** As {@link #uri(String)} with a path of the caller's. */
    public String uri(String scheme, String pathAndQuery) {
        String host = server.indexOf(':') >= 0 && !server.startsWith("[") ? "[" + server + "]" : server;
        return scheme + "://" + host + ":" + port + (pathAndQuery.startsWith("/") ? "" : "/") + pathAndQuery;
    }

    public String server() {
        return server;
    }

    public int port() {
        return port;
    }

    public int count() {
        return count;
    }

    /** Whether to speak HTTP/2 without asking for it. */
    public boolean h2PriorKnowledge() {
        return h2PriorKnowledge;
    }

    public List<String> arguments() {
        return program.arguments();
    }

    /** A context with the loops the command line asks for, closed by SIGINT and SIGTERM. */
    public Context context(Context.Builder builder) {
        return program.in(builder).build().closeOnShutdown(ProgramOptions.GRACE);
    }
}
