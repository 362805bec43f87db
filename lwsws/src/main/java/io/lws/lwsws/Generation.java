package io.lws.lwsws;

import io.lws.Context;
import io.lws.Limits;
import io.lws.ListenException;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.VhostException;
import io.lws.http.AccessLog;
import io.lws.http.HttpTraffic;
import io.lws.plugin.PluginDirectory;
import io.lws.spi.Generations;
import io.lws.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * One reading of configuration and plugins, and the context made of it; the plugins are unloaded when the context has
 * ended.
 */
final class Generation {
    private static final Log LOG = Log.of("lwsws");
    private static final String TAG = "configuration";

    private final Configuration configuration;
    private final Findings findings;
    private final PluginDirectory plugins;
    private final Overrides overrides;

    private Generation(Configuration configuration, Findings findings, PluginDirectory plugins, Overrides overrides) {
        this.configuration = configuration;
        this.findings = findings;
        this.plugins = plugins;
        this.overrides = overrides;
    }

    /** Where things are and what the command line says about them. */
    record Sources(Path configuration, Path dataDir, List<Path> pluginDirs, ListenWords words) {
        Sources {
            pluginDirs = List.copyOf(pluginDirs);
        }

        Sources(Path configuration, Path dataDir, List<Path> pluginDirs) {
            this(configuration, dataDir, pluginDirs, ListenWords.NONE);
        }
    }

    /**
     * Reads everything and checks what can be checked without running anything.
     *
     * @throws ConfigurationException with all that is wrong
     */
    static Generation read(Sources sources) {
        Findings findings = new Findings();
        Configuration configuration = ConfigurationReader.read(sources.configuration, sources.dataDir, findings);
        Set<Path> directories = new LinkedHashSet<>(sources.pluginDirs);
        directories.addAll(configuration.global().pluginDirs());
        PluginDirectory plugins = load(directories);
        Overrides overrides = Overrides.of(sources.words, configuration.vhosts());
        Generation generation = new Generation(configuration, findings, plugins, overrides);
        try {
            generation.check();
        } catch (ConfigurationException e) {
            plugins.close();
            throw e;
        }
        findings.notes().forEach(note -> LOG.info(TAG, note));
        return generation;
    }

    /** The plugins that {@code sources} lead to, for one who only wants to look; a configuration need not be there. */
    static PluginDirectory plugins(Sources sources) {
        Set<Path> directories = new LinkedHashSet<>(sources.pluginDirs);
        if (Files.exists(sources.configuration)) {
            directories.addAll(ConfigurationReader.read(sources.configuration, sources.dataDir, new Findings())
                    .global()
                    .pluginDirs());
        }
        return load(directories);
    }

    private static PluginDirectory load(Collection<Path> directories) {
        PluginDirectory plugins;
        try {
            plugins = PluginDirectory.load(directories);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException(
                    List.of(e.getMessage() + ": " + SystemWords.of(Objects.requireNonNull(e.getCause()))));
        }
        Ahead.await();
        plugins.refusals().forEach(refusal -> LOG.warn("plugins", refusal));
        return plugins;
    }

    private void check() {
        Set<String> roles = ServiceLoader.load(Role.class, Role.class.getClassLoader()).stream()
                .map(each -> each.get().name())
                .collect(Collectors.toCollection(TreeSet::new));
        for (VhostSettings vhost : configuration.vhosts()) {
            vhost.protocols().forEach(this::checkProvided);
            checkRole(vhost, roles);
        }
        SharedPlaces.check(configuration.vhosts(), overrides);
        findings.requireNone();
    }

    private void checkProvided(ProtocolSettings protocol) {
        Set<String> provided = new TreeSet<>(plugins.providers().keySet());
        if (!provided.contains(protocol.name())) {
            String there = provided.isEmpty() ? "there are no plugins" : "there are " + String.join(" ", provided);
            List<String> refused = plugins.refusals();
            protocol.value()
                    .problemAtKey("no plugin provides this protocol; " + there
                            + (refused.isEmpty() ? "" : "; refused was " + String.join(", ", refused)));
        }
    }

    private static void checkRole(VhostSettings vhost, Set<String> roles) {
        Value wanted = vhost.acceptRole();
        if (wanted != null && !roles.contains(wanted.text())) {
            wanted.problem("is " + wanted.node().kind() + " where a role is wanted: " + String.join(" ", roles));
        }
    }

    /**
     * What opening takes besides what was read.
     *
     * @param number counts generations from 1
     * @param before what the generation before listens on
     * @param view told to vhosts, for protocols that show the state of the server
     * @param traffic told to vhosts, to count their answers
     * @param onClosed runs when the generation has ended, and when it could not be opened
     */
    record Opening(int number, Places before, Generations view, HttpTraffic traffic, Runnable onClosed) {}

    /**
     * Binds the protocols and listens; a socket of the generation before that is wanted again changes hands. The plugins
     * belong to the context from here on, also when this throws.
     *
     * @throws ConfigurationException for what only shows now: an option its protocol refuses, an address in use
     */
    Running open(Opening opening) {
        Context.Builder builder =
                opening.before.on(plugins.ownedBy(Context.builder()).onClosed(opening.onClosed));
        builder.loops(configuration.global().loops()).limits(limits());
        opening.before.listeners().forEach(builder::listener);
        Map<Path, AccessLog> accessLogs = new HashMap<>();
        builder.onClosed(() -> accessLogs.values().forEach(AccessLog::close));
        Map<Vhost, VhostSettings> made;
        try {
            made = vhosts(opening.before, (building, each) -> {
                building.option(opening.view).option(opening.traffic);
                Path log = each.accessLog();
                if (log != null) {
                    building.option(accessLogs.computeIfAbsent(log, AccessLog::toFile));
                }
            });
        } catch (ConfigurationException e) {
            accessLogs.values().forEach(AccessLog::close);
            plugins.close();
            throw e;
        }
        Map<Vhost, SocketAddress> wanted = new LinkedHashMap<>();
        made.forEach((vhost, each) ->
                wanted.computeIfAbsent(vhost, key -> each.listen().address(overrides)));
        made.keySet().forEach(builder::vhost);
        wanted.values().forEach(address -> removeLeftBehind(address, opening.before));
        Context context = build(builder, made, opening.before);
        giveSocketsAway(context);
        return new Running(
                new Generations.One(opening.number, Instant.now(), context, plugins.plugins()),
                opening.before.of(context, wanted),
                configuration.global().drainTimeout(),
                configuration.global().shutdownTimeout());
    }

    /**
     * All vhosts that can be made, with what {@code more} says of each; what keeps others from it is told of them
     * together.
     */
    private Map<Vhost, VhostSettings> vhosts(Places before, BiConsumer<Vhost.Builder, VhostSettings> more) {
        VhostMaker maker = new VhostMaker(configuration.global(), plugins);
        Map<Vhost, VhostSettings> made = new LinkedHashMap<>();
        for (VhostSettings each : configuration.vhosts()) {
            SocketAddress address = each.listen().address(overrides);
            each.object()
                    .tried(() -> {
                        Vhost.Builder building = maker.make(each);
                        if (address != null) {
                            building.listen(before.actual(address))
                                    .option(each.listen().families(overrides));
                        }
                        more.accept(building, each);
                        return building.build();
                    })
                    .ifPresent(vhost -> made.put(vhost, each));
        }
        findings.requireNone();
        return made;
    }

    /** As the only generation there is. */
    Context open() {
        return open(new Opening(1, Places.NONE, new Generations(List::of), new HttpTraffic(), () -> {}))
                .context();
    }

    /**
     * Binds the protocols without listening, and lets them go again.
     *
     * @throws ConfigurationException for an option its protocol refuses
     */
    void tryOut() {
        Context.Builder builder = plugins.ownedBy(Context.builder()).withoutListening();
        Map<Vhost, VhostSettings> made = vhosts(Places.NONE, (building, each) -> {});
        made.keySet().forEach(builder::vhost);
        try (Context context = build(builder, made, Places.NONE)) {
            context.vhosts()
                    .forEach(vhost ->
                            Objects.requireNonNull(made.get(vhost)).object().tried(() -> context.rolesFor(vhost)));
        }
        findings.requireNone();
    }

    /** Before anything is accepted. */
    private void giveSocketsAway(Context context) {
        for (VhostSettings each : configuration.vhosts()) {
            SocketRights rights = each.listen().rights();
            if (rights != null && each.listen().address(overrides) instanceof UnixDomainSocketAddress unix) {
                try {
                    rights.apply(unix.getPath());
                } catch (IOException e) {
                    context.close(Duration.ZERO);
                    throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private Context build(Context.Builder builder, Map<Vhost, VhostSettings> made, Places before) {
        try {
            return builder.build();
        } catch (VhostException e) {
            VhostSettings culprit = made.get(e.vhost());
            String what = String.valueOf(e.getMessage());
            throw culprit == null ? new ConfigurationException(List.of(what)) : found(culprit.object(), what);
        } catch (ListenException e) {
            throw made.keySet().stream()
                    .filter(vhost -> e.address().equals(vhost.listenAddress()))
                    .findFirst()
                    .map(vhost -> found(
                            Objects.requireNonNull(made.get(vhost)).place(),
                            SharedPlaces.whyNot(e) + inTheWay(before, e.address())))
                    .orElseGet(() -> new ConfigurationException(List.of(SharedPlaces.whyNot(e))));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** As lws does: a process that was killed leaves the sockets of its vhosts there. */
    private static void removeLeftBehind(SocketAddress wanted, Places before) {
        if (wanted instanceof UnixDomainSocketAddress unix && !before.byWanted().containsKey(wanted)) {
            try {
                SocketFiles.removeLeftBehind(unix.getPath());
            } catch (IOException e) {
                LOG.warn(TAG, unix + ": " + SystemWords.of(e)); // listening says the rest
            }
        }
    }

    private static String inTheWay(Places before, SocketAddress wanted) {
        return before.inTheWayOf(wanted)
                .map(there -> "; this server listens on that port as " + SharedPlaces.literally(there.address())
                        + "; another interface for it, or another family, takes a new start without that socket")
                .orElse("");
    }

    private ConfigurationException found(Value where, String what) {
        where.problem(what);
        return new ConfigurationException(findings.problems());
    }

    private Limits limits() {
        Limits.Builder limits = Limits.builder();
        Duration timeout = configuration.global().timeout();
        return (timeout == null ? limits : limits.sendTimeout(timeout)).build();
    }
}
