/** Common command-line options of examples and servers. */
module io.lws.cli {
    requires transitive io.lws.core;
    requires info.picocli;
    requires java.logging;
    requires static org.jspecify;

    exports io.lws.cli;

    opens io.lws.cli to
            info.picocli;
}
