package io.lws.cli;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsConfig;
import io.lws.tls.VhostTls;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The switches all examples understand, as in lws: {@code -p PORT}, {@code -i ADDRESS}, {@code -s}, {@code -t THREADS},
 * {@code -d LEVEL}, {@code --h2-prior-knowledge}, {@code -h}. {@link #parse} ends the process for {@code --help} (status 0)
 * and for what it does not know (status 2, with the usage).
 */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
public final class CommonOptions {
    @Mixin
    private final ProgramOptions program = new ProgramOptions();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "TCP port to listen on, 0 for any free one (default ${DEFAULT-VALUE})")
    private int port = ProgramOptions.DEFAULT_PORT;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "ADDRESS",
            description = "address to listen on (default 127.0.0.1; 0.0.0.0 or :: for all)")
    private String bindAddress = "127.0.0.1";

    @Option(
            names = {"-s", "--ssl"},
            description =
                    "TLS, with a certificate for localhost made at the first use unless --cert and --key name one")
    private boolean tls;

    @Option(
            names = {"--cert"},
            paramLabel = "FILE",
            description = "certificate chain for -s, PEM or DER")
    private @Nullable Path certificate;

    @Option(
            names = {"--key"},
            paramLabel = "FILE",
            description = "its private key, PEM or DER (default: in the same file)")
    private @Nullable Path key;

    @Option(
            names = {"--tls-provider"},
            paramLabel = "NAME",
            description = "TLS engine: JDK (default), Conscrypt or BouncyCastle when on the class path")
    private String tlsProvider = "JDK";

    @Option(
            names = {"--h2-prior-knowledge"},
            description = "plain text is HTTP/2 from the first octet; without it a client may also begin with HTTP/1")
    private boolean h2PriorKnowledge;

    private CommonOptions() {}

    /** {@code name} is the program's, for its usage text. */
    public static CommonOptions parse(String name, String... args) {
        return parse(name, ProgramOptions.DEFAULT_PORT, args);
    }

    /** As {@link #parse(String, String...)} for a program whose port is another unless {@code -p} is given. */
    public static CommonOptions parse(String name, int defaultPort, String... args) {
        CommonOptions options = new CommonOptions();
        options.port = defaultPort;
        options.program.parse(options, name, args);
        return options;
    }

    /** The argument at {@code index}, or {@code otherwise} where the command line has fewer. */
    public String argument(int index, String otherwise) {
        List<String> arguments = program.arguments();
        return index < arguments.size() ? arguments.get(index) : otherwise;
    }

    public int port() {
        return port;
    }

    public List<String> arguments() {
        return program.arguments();
    }

    public int threads() {
        return program.threads();
    }

    /** A vhost that listens where the command line says. */
    public Vhost.Builder vhost(String name) {
        return vhost(name, 0);
    }

    /** A vhost that listens {@code offset} ports above where the command line says, for examples with several. */
    public Vhost.Builder vhost(String name, int offset) {
        Vhost.Builder builder = plainVhost(name, offset);
        return tls ? builder.tls(tls().build()) : builder;
    }

    /** As {@link #vhost(String, int)}, without TLS even where {@code -s} asks for it. */
    public Vhost.Builder plainVhost(String name, int offset) {
        try {
            Vhost.Builder builder = Vhost.builder(name).listen(InetAddress.getByName(bindAddress), portAt(offset));
            return h2PriorKnowledge ? builder.acceptRole("h2") : builder;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("-i " + bindAddress + ": no such address", e);
        }
    }

    /** Any free port means another one for each offset: two vhosts that both said 0 would share a socket. */
    private int portAt(int offset) {
        if (port != 0) {
            return port + offset;
        }
        if (offset == 0) {
            return 0;
        }
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for a free port", e);
        }
    }

    /**
     * TLS with the certificate {@code --cert} and {@code --key} name, else the user's own for localhost, made at the first use; for
     * examples that always have TLS, or more to say about it.
     */
    public TlsConfig.Builder tls() {
        TlsConfig.Builder builder = TlsConfig.builder().provider(tlsProvider);
        if (certificate == null) {
            return builder.key(DevelopmentCertificate.cached());
        }
        return builder.certificate(certificate, key == null ? certificate : key);
    }

    /** A context with the loops and the poller the command line asks for. */
    public Context.Builder context() {
        return program.in(Context.builder());
    }

    /** Prints the one line that says it is ready, then serves on this thread until SIGINT or SIGTERM. */
    public void serve(Context context, String scheme) {
        ready(context, scheme);
        context.run();
    }

    /** As {@link #serve} for a context that is driven by somebody else. */
    public void ready(Context context, String scheme) {
        context.closeOnShutdown(ProgramOptions.GRACE);
        for (Vhost vhost : context.vhosts()) {
            VhostTls secured = vhost.tls();
            ready(System.out, secured != null && secured.fromTheStart() ? scheme + "s" : scheme, vhost.port());
        }
    }

    private void ready(PrintStream out, String scheme, int listening) {
        String host = bindAddress.equals("127.0.0.1") || bindAddress.equals("0.0.0.0") ? "localhost" : bindAddress;
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        out.println("ready " + scheme + "://" + bracketed + ":" + listening);
    }
}
