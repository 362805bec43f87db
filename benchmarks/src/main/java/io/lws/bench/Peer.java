package io.lws.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that can be measured. {@code lws-NAME} is ours on the poller of that name. */
record Peer(String name, Kind kind) {
    /** How it is started. */
    enum Kind {
        LWS,
        NETTY,
        UNDERTOW,
        JETTY,
        NGINX
    }

    private static final String OURS = "lws";
    static final String ALL = "lws,netty-nio,netty-epoll,undertow,jetty,nginx";

    /** @throws IllegalArgumentException naming what there is */
    static Peer named(String name) {
        return switch (name) {
            case "netty-nio", "netty-epoll" -> new Peer(name, Kind.NETTY);
            case "undertow" -> new Peer(name, Kind.UNDERTOW);
            case "jetty" -> new Peer(name, Kind.JETTY);
            case "nginx" -> new Peer(name, Kind.NGINX);
            default -> ours(name);
        };
    }

    private static Peer ours(String name) {
        if (name.equals(OURS) || name.startsWith(OURS + "-")) {
            return new Peer(name, Kind.LWS);
        }
        throw new IllegalArgumentException(
                "no peer is called " + name + "; there are " + ALL + " and " + OURS + "-POLLER, such as lws-epoll");
    }

    /** Whether what it needs is here. */
    boolean isPresent() {
        return switch (kind) {
            case LWS -> true;
            case NGINX -> Programs.has("nginx");
            default -> Files.isDirectory(Layout.peerJars());
        };
    }

    boolean isJvm() {
        return kind != Kind.NGINX;
    }

    boolean can(Row row) {
        if (row.isH2()) {
            return (kind == Kind.LWS || kind == Kind.NETTY) && Programs.has("h2load") && Programs.has("timeout");
        }
        return kind != Kind.NGINX || row.isHttp();
    }

    /** The command line; ports and files are told by the environment. */
    List<String> command(ServerOptions options, int port, Path files) {
        if (kind == Kind.NGINX) {
            return NginxConfiguration.command(options, port, files);
        }
        List<String> command = new ArrayList<>();
        command.add(options.java().toString());
        command.addAll(options.jvm());
        command.add("-cp");
        command.add(kind == Kind.LWS ? Layout.ownClassPath() : Layout.peerClassPath());
        command.addAll(main());
        command.add("--threads");
        command.add(Integer.toString(options.loops()));
        return command;
    }

    private List<String> main() {
        String peers = "io.lws.bench.peers.";
        return switch (kind) {
            case LWS -> List.of("io.lws.bench.BenchPeer", "--poller", poller());
            case NETTY -> List.of(peers + "NettyPeer", name.substring(name.indexOf('-') + 1));
            case UNDERTOW -> List.of(peers + "UndertowPeer");
            case JETTY -> List.of(peers + "JettyPeer");
            case NGINX -> throw new IllegalStateException("nginx has no main class");
        };
    }

    private String poller() {
        return name.equals(OURS) ? "nio" : name.substring(OURS.length() + 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
