package io.lws.lwsws;

import java.nio.file.Path;
import java.util.List;

/** All that the files of a configuration directory say. */
record Configuration(GlobalSettings global, List<VhostSettings> vhosts, Path directory) {
    Configuration {
        vhosts = List.copyOf(vhosts);
    }
}
