/** The raw role of lws for Java. */
module io.lws.raw {
    requires transitive io.lws.core;
    requires static org.jspecify;

    exports io.lws.raw;

    provides io.lws.spi.Role with
            io.lws.raw.FallbackRole,
            io.lws.raw.RawProxyRole,
            io.lws.raw.RawRole;
}
