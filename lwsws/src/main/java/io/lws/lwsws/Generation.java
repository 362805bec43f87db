package io.lws.lwsws;

import io.lws.Context;
import io.lws.Limits;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.http.AccessLog;
import io.lws.http.HttpTraffic;
import io.lws.plugin.PluginDirectory;
import io.lws.spi.Generations;
import io.lws.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
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

    private Generation(Configuration configuration, Findings findings, PluginDirectory plugins) {
        this.configuration = configuration;
        this.findings = findings;
        this.plugins = plugins;
    }

    /** Where things are and what the command line says about them. */
    record Sources(Path configuration, Path dataDir, List<Path> pluginDirs) {
        Sources {
            pluginDirs = List.copyOf(pluginDirs);
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
        Generation generation = new Generation(configuration, findings, plugins);
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
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
        plugins.refusals().forEach(refusal -> LOG.warn("plugins", refusal));
        return plugins;
    }

    private void check() {
        Set<String> roles = ServiceLoader.load(Role.class, Role.class.getClassLoader()).stream()
                .map(each -> each.get().name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> places = new HashSet<>();
        for (VhostSettings vhost : configuration.vhosts()) {
            vhost.protocols().forEach(this::checkProvided);
            checkRole(vhost, roles);
            Object where = vhost.listen().address(Overrides.NONE);
            if (where != null && !places.add(vhost.name() + " " + where)) {
                vhost.object().problem("a vhost " + vhost.name() + " listens on " + where + " already");
            }
        }
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

    /** The first vhost's port and what replaces it, from the command line's. */
    Overrides overriding(Optional<Integer> port, Optional<InetAddress> address) {
        int first = configuration.vhosts().get(0).listen().port().orElse(-1);
        return new Overrides(first, port, address);
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
    record Opening(
            int number, Overrides overrides, Places before, Generations view, HttpTraffic traffic, Runnable onClosed) {}

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
        VhostMaker vhosts = new VhostMaker(configuration.global(), plugins);
        Map<Path, AccessLog> accessLogs = new HashMap<>();
        builder.onClosed(() -> accessLogs.values().forEach(AccessLog::close));
        Map<Vhost, SocketAddress> wanted = new LinkedHashMap<>();
        for (VhostSettings each : configuration.vhosts()) {
            SocketAddress address = each.listen().address(opening.overrides);
            Vhost.Builder building = vhosts.make(each).option(opening.view).option(opening.traffic);
            withAccessLog(each, building, accessLogs);
            Vhost vhost = (address == null ? building : building.listen(opening.before.actual(address))).build();
            builder.vhost(vhost);
            if (address != null) {
                wanted.put(vhost, address);
            }
        }
        Context context = build(builder, opening.before, wanted.values());
        giveSocketsAway(context);
        return new Running(
                new Generations.One(opening.number, Instant.now(), context, plugins.plugins()),
                opening.before.of(context, wanted),
                configuration.global().drainTimeout(),
                configuration.global().shutdownTimeout());
    }

    /** As the only generation there is. */
    Context open(Overrides overrides) {
        return open(new Opening(1, overrides, Places.NONE, new Generations(List::of), new HttpTraffic(), () -> {}))
                .context();
    }

    /**
     * Binds the protocols without listening, and lets them go again.
     *
     * @throws ConfigurationException for an option its protocol refuses
     */
    void tryOut() {
        Context.Builder builder = plugins.ownedBy(Context.builder());
        VhostMaker vhosts = new VhostMaker(configuration.global(), plugins);
        configuration.vhosts().forEach(each -> builder.vhost(vhosts.make(each).build()));
        build(builder, Places.NONE, List.of()).close();
    }

    private static void withAccessLog(VhostSettings settings, Vhost.Builder vhost, Map<Path, AccessLog> logs) {
        Path file = settings.accessLog();
        if (file != null) {
            try {
                vhost.option(logs.computeIfAbsent(file, AccessLog::toFile));
            } catch (IllegalArgumentException e) {
                logs.values().forEach(AccessLog::close);
                throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
            }
        }
    }

    /** Before anything is accepted. */
    private void giveSocketsAway(Context context) {
        for (VhostSettings each : configuration.vhosts()) {
            SocketRights rights = each.listen().rights();
            if (rights != null && each.listen().address(Overrides.NONE) instanceof UnixDomainSocketAddress unix) {
                try {
                    rights.apply(unix.getPath());
                } catch (IOException e) {
                    context.close(Duration.ZERO);
                    throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static Context build(Context.Builder builder, Places before, Collection<SocketAddress> wanted) {
        try {
            return builder.build();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            List<String> problems = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
            for (SocketAddress each : wanted) {
                before.inTheWayOf(each)
                        .ifPresent(there -> problems.add("this server listens on that port as " + there.address()
                                + "; another interface for it takes a new start"));
            }
            throw new ConfigurationException(List.of(String.join("; ", problems)));
        }
    }

    private Limits limits() {
        Limits.Builder limits = Limits.builder();
        Duration timeout = configuration.global().timeout();
        return (timeout == null ? limits : limits.sendTimeout(timeout)).build();
    }
}
