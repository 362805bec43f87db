package io.lws.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How servers are started.
 *
 * @param java the java program for those that are Java
 * @param jvm options for it, the same for all
 * @param loops event loops
 */
record ServerOptions(Path java, List<String> jvm, int loops) {
    /** A fixed small heap and a collector without threads: nothing but the server costs CPU. */
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");

    static ServerOptions of(Path jdk, int loops) {
        return new ServerOptions(jdk.resolve("bin").resolve("java"), JVM, loops);
    }

    /** With more options for the JVM. */
    ServerOptions plus(String... more) {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(List.of(more));
        return new ServerOptions(java, List.copyOf(all), loops);
    }

    Path jcmd() {
        return java.resolveSibling("jcmd");
    }
}
