package io.lws.lwsws;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Where lwsws is installed, which is told from where its own classes are: {@code <home>/lib/lwsws.jar}. */
record InstallDir(Path home) {
    static Optional<InstallDir> find() {
        CodeSource source = LwswsMain.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path directory = Path.of(source.getLocation().toURI()).getParent();
            return Optional.ofNullable(directory == null ? null : directory.getParent())
                    .map(InstallDir::new);
        } catch (URISyntaxException | RuntimeException e) {
            return Optional.empty(); // classes that come from no file
        }
    }

    /** What {@code _lws_ddir_} stands for unless told otherwise. */
    Path dataDir() {
        return home.resolve("share");
    }

    Path pluginDir() {
        return home.resolve("plugins");
    }
}
