/** The ground of lws for Java: loop, transports, connections, contexts, vhosts. Knows no wire protocol. */
module io.lws.core {
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.jctools.core.jdk11;

    exports io.lws;
    exports io.lws.buffer;
    exports io.lws.bus;
    exports io.lws.loop;
    exports io.lws.net;
    exports io.lws.plugin;
    exports io.lws.policy;
    exports io.lws.spi;
    exports io.lws.tls;

    uses io.lws.spi.PollerProvider;
    uses io.lws.spi.ProtocolProvider;
    uses io.lws.spi.Role;
}
