/** The server configured in JSON: vhosts, mounts and protocols from plugins, without a line of code. */
module io.lws.lwsws {
    requires info.picocli;
    requires java.management;
    requires jdk.net; // who is at the other end of a unix socket
    requires io.lws.cli;
    requires io.lws.core;
    requires io.lws.http;
    requires io.lws.metrics;
    requires jdk.unsupported; // signals, by reflection
    requires tools.jackson.core;
    requires static org.jspecify;
    requires io.lws.raw;
    // a role a configuration can ask for; nothing here names its types
    requires io.lws.ws;

    exports io.lws.lwsws;

    opens io.lws.lwsws to
            info.picocli;

    uses io.lws.spi.Role;
}
