package io.lws.lwsws;

import io.lws.Context;
import io.lws.cli.LogLevel;
import io.lws.plugin.PluginDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code lwsws} command. Ends with status 0, 1 for a configuration that cannot be served, 2 for a bad command line. */
@Command(
        name = "lwsws",
        mixinStandardHelpOptions = true,
        versionProvider = LwswsVersion.class,
        usageHelpAutoWidth = true,
        description = "Serves the vhosts of an lws configuration directory with protocols from plugin jars.")
public final class LwswsMain {
    private static final int CANNOT_SERVE = 1;
    private static final int MISUSED = 2;
    private static final int MAX_PORT = 65_535;
    private static final List<String> COMMANDS = List.of("reload", "status", "metrics", "help");

    @Option(
            names = {"-c", "--configdir"},
            paramLabel = "DIR",
            description = "directory with the file conf and the directory conf.d, or one file; relative paths in a"
                    + " configuration start there (default /etc/lwsws)")
    Path configuration = Path.of("/etc/lwsws");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "replaces the port of the first vhost, and of those that share it; 0 for any free one")
    @Nullable
    Integer port;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "ADDRESS",
            description = "replaces the interface of every vhost with a TCP port: an address or the name of a network"
                    + " interface, 0.0.0.0 or :: for all")
    @Nullable
    String bindAddress;

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIR",
            description = "loads plugins from this directory too, beside the configured ones; may be repeated")
    List<Path> pluginDirs = new ArrayList<>();

    @Option(
            names = {"-n", "--no-default-plugins"},
            description = "loads no plugins from the installation's own directory")
    boolean noDefaultPlugins;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "what _lws_ddir_ stands for in a configuration (default: share in the installation)")
    @Nullable
    Path dataDir;

    @Option(
            names = {"-d", "--debug"},
            paramLabel = "LEVEL",
            description = "error, warn, info (default), debug; or lws' bits, 15 = info, above 15 = debug")
    String level = "info";

    @Option(
            names = "--check",
            description = "checks configuration, plugins and their options without listening, and ends")
    boolean check;

    @Option(
            names = "--dry-run",
            description = "does all that serving takes, listening included, says what would be served, and ends")
    boolean dryRun;

    @Option(
            names = "--plugins",
            description = "lists the plugins that are found, with their protocols and options, and ends")
    boolean listPlugins;

    @Option(
            names = "--rehearse",
            hidden = true,
            description = "serves what clients ask first, to itself, and ends: bin/lwsws makes its archive of that")
    boolean rehearse;

    @Option(names = "--schema", description = "prints a JSON Schema of the configuration, and ends")
    boolean schema;

    @Option(
            names = "--admin-socket",
            paramLabel = "FILE",
            description =
                    "unix socket for reload, status and metrics (default: in RUNTIME_DIRECTORY, XDG_RUNTIME_DIR or"
                            + " /run/lwsws, where there is one)")
    @Nullable
    Path adminSocket;

    @Option(
            names = "--take-over",
            description =
                    "takes the listening sockets of the lwsws that runs, which it asks through the admin socket; that one"
                            + " keeps its connections and ends with the last (Java 22 or newer, Linux)")
    boolean takeOver;

    @Option(
            names = "--pid-file",
            paramLabel = "FILE",
            description = "writes the number of the process there while it serves")
    @Nullable
    Path pidFile;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            description =
                    "reload, status or metrics: asks the server that runs, through its admin socket; help: this text")
    @Nullable
    String command;

    private final PrintStream out;
    private final PrintStream err;

    LwswsMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String... args) {
        int status = run(System.out, System.err, args);
        LeftThreads.await();
        System.exit(status);
    }

    /** Serves until the process is asked to end; answers the exit status. */
    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            LwswsMain main = new LwswsMain(out, err);
            if (!PlainWords.read(main, args)) {
                main = new LwswsMain(out, err);
                if (!CommandWords.read(main, out, args)) {
                    return 0;
                }
            }
            if ("help".equals(main.command)) {
                CommandWords.usage(main, out);
                return 0;
            }
            return main.obey();
        } catch (IllegalArgumentException e) {
            err.println("lwsws: " + e.getMessage());
            err.println("lwsws --help tells what there is");
            return MISUSED;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            return CANNOT_SERVE;
        }
    }

    private int obey() {
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new IllegalArgumentException("--port " + port + ": a port is a number from 0 to " + MAX_PORT);
        }
        if (command != null) {
            LogLevel.apply(level);
            return ask(command);
        }
        Ahead.begin(LogLevel.setting(level));
        return serve();
    }

    private int serve() {
        if (schema) {
            out.print(Schema.text());
            return 0;
        }
        if (listPlugins) {
            try (PluginDirectory plugins = Generation.plugins(sources())) {
                PluginList.print(plugins, out);
            }
            return 0;
        }
        if (check) {
            Generation.read(sources()).tryOut();
            out.println("ok " + configuration);
            return 0;
        }
        if (dryRun) {
            try (Context context = Generation.read(sources()).open()) {
                ReadyLine.ofAll(context).forEach(each -> out.println("not " + each));
            }
            return 0;
        }
        try (SocketTaker taker = takeOver ? taker() : null;
                Service service = new Service(
                        new Server(sources(), taker == null ? LwswsMain::passed : taker::places), out, taker)) {
            Running first = service.open(pidFile, adminSocket);
            if (rehearse) {
                return rehearsed(service, first.context());
            }
            service.awaitEnd();
        }
        return 0;
    }

    private int rehearsed(Service service, Context context) {
        try {
            Rehearsal.of(context);
            return 0;
        } catch (IOException e) {
            err.println("lwsws: " + e.getMessage());
            return CANNOT_SERVE;
        } finally {
            service.stop();
        }
    }

    private SocketTaker taker() {
        Ahead.await();
        return SocketTaker.of(adminSocketFor("--take-over"));
    }

    private static Places passed() {
        try {
            return Places.inherited();
        } catch (IOException | IllegalStateException e) {
            throw new ConfigurationException(List.of("the sockets that were passed: " + e.getMessage()));
        }
    }

    private int ask(String what) {
        if (!COMMANDS.contains(what)) {
            throw new IllegalArgumentException("unknown command " + what + "; there are " + String.join(" ", COMMANDS)
                    + ", and the nearest is " + NearestWord.to(what, COMMANDS));
        }
        AdminClient client = new AdminClient(adminSocketFor(what));
        try {
            AdminClient.Answer answer = client.ask(what.equals("reload") ? "POST" : "GET", "/" + what);
            answer.print(out, err);
            return answer.isGood() ? 0 : CANNOT_SERVE;
        } catch (IOException e) {
            err.println("lwsws: " + e.getMessage());
            return CANNOT_SERVE;
        }
    }

    private Path adminSocketFor(String what) {
        Optional<Path> socket = adminSocket != null ? Optional.of(adminSocket) : AdminSocket.usualPath(System.getenv());
        return socket.orElseThrow(
                () -> new IllegalArgumentException(what + ": say with --admin-socket where the server listens"));
    }

    private Optional<InetAddress> bindAddress() {
        if (bindAddress == null) {
            return Optional.empty();
        }
        Optional<InetAddress> address = ListenSettings.address(bindAddress, false);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("--interface " + bindAddress + ": no such interface or address");
        }
        return address;
    }

    private Generation.Sources sources() {
        Optional<InstallDir> install = InstallDir.find();
        List<Path> directories = new ArrayList<>();
        if (!noDefaultPlugins) {
            install.map(InstallDir::pluginDir).filter(Files::isDirectory).ifPresent(directories::add);
        }
        directories.addAll(pluginDirs);
        Path data = dataDir != null
                ? dataDir.toAbsolutePath()
                : install.map(InstallDir::dataDir).orElse(configuration.toAbsolutePath());
        ListenWords words = new ListenWords(Optional.ofNullable(port), bindAddress());
        return new Generation.Sources(configuration, data, directories, words);
    }
}
