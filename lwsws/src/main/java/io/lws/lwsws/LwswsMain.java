package io.lws.lwsws;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.LogLevel;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code lwsws} command. Ends with status 0, 1 for a configuration that cannot be served, 2 for a bad command line. */
@Command(
        name = "lwsws",
        mixinStandardHelpOptions = true,
        version = "lwsws of lws for Java",
        usageHelpAutoWidth = true,
        description = "Serves the vhosts of an lws configuration directory with protocols from plugin jars.")
public final class LwswsMain {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int CANNOT_SERVE = 1;
    private static final int MISUSED = 2;

    @Option(
            names = {"-c", "--configdir"},
            paramLabel = "DIR",
            description = "directory with the file conf and the directory conf.d, or one file; relative paths in a"
                    + " configuration start there (default /etc/lwsws)")
    private Path configuration = Path.of("/etc/lwsws");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "replaces the port of the first vhost, and of those that share it; 0 for any free one")
    private @Nullable Integer port;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "ADDRESS",
            description = "replaces the interface of every vhost with a TCP port: an address or the name of a network"
                    + " interface, 0.0.0.0 or :: for all")
    private @Nullable String bindAddress;

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIR",
            description = "loads plugins from this directory too, beside the configured ones; may be repeated")
    private List<Path> pluginDirs = new ArrayList<>();

    @Option(
            names = {"-n", "--no-default-plugins"},
            description = "loads no plugins from the installation's own directory")
    private boolean noDefaultPlugins;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "what _lws_ddir_ stands for in a configuration (default: share in the installation)")
    private @Nullable Path dataDir;

    @Option(
            names = {"-d", "--debug"},
            paramLabel = "LEVEL",
            description = "error, warn, info (default), debug; or lws' bits, 15 = info, above 15 = debug")
    private String level = "info";

    @Option(
            names = "--check",
            description = "checks configuration, plugins and their options without listening, and ends")
    private boolean check;

    private final PrintStream out;

    private LwswsMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String... args) {
        int status = run(System.out, System.err, args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Serves until the process is asked to end; answers the exit status. */
    static int run(PrintStream out, PrintStream err, String... args) {
        LwswsMain main = new LwswsMain(out);
        CommandLine line = new CommandLine(main);
        try {
            line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(out);
                return 0;
            }
            if (line.isVersionHelpRequested()) {
                line.printVersionHelp(out);
                return 0;
            }
            LogLevel.apply(main.level);
            return main.serve();
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            err.println("lwsws: " + e.getMessage());
            line.usage(err);
            return MISUSED;
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            return CANNOT_SERVE;
        }
    }

    private int serve() {
        Optional<InetAddress> address = bindAddress();
        Generation generation = Generation.read(sources());
        if (check) {
            generation.tryOut();
            out.println("ok " + configuration);
            return 0;
        }
        Context context = generation.open(generation.overriding(Optional.ofNullable(port), address));
        context.closeOnShutdown(GRACE);
        context.vhosts().stream()
                .filter(each -> each.listenAddress() != null)
                .map(LwswsMain::readyLine)
                .forEach(out::println);
        context.run();
        return 0;
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
        return new Generation.Sources(configuration, data, directories);
    }

    /** The line that says a vhost can be reached, and how. */
    static String readyLine(Vhost vhost) {
        return "ready " + url(vhost) + " (vhost " + vhost.name() + ", protocols "
                + String.join(" ", vhost.protocolNames()) + ")";
    }

    private static String url(Vhost vhost) {
        SocketAddress where = vhost.listenAddress();
        if (!(where instanceof InetSocketAddress inet)) {
            return "unix:" + where;
        }
        InetAddress address = inet.getAddress();
        String text = address.getHostAddress();
        String host = address.isAnyLocalAddress() || address.isLoopbackAddress()
                ? "localhost"
                : text.indexOf(':') < 0 ? text : "[" + text + "]";
        return "http://" + host + ":" + vhost.port();
    }
}
