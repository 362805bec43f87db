package io.lws.lwsws;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts lwsws as a process of its own, with this JVM's Java and class path. */
final class LwswsCommand {
    private LwswsCommand() {}

    /** With the configuration in {@code directory} and the plugins in its {@code plugins}. */
    static List<String> of(List<String> jvmOptions, Path directory, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", PluginJar.classPath(), LwswsMain.class.getName()));
        command.addAll(List.of("-c", directory.toString()));
        command.addAll(List.of("--plugin-dir", directory.resolve("plugins").toString()));
        command.addAll(List.of(more));
        return command;
    }
}
