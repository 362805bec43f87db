/** The test kit: a clock that stands still, a loop driven turn by turn, transports without sockets. Test scope only. */
module io.lws.testing {
    requires transitive io.lws.core;
    requires java.net.http;
    requires jdk.management;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.lws.testing;
}
