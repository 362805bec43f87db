/** HTTP for lws for Java: server side of HTTP/2, 1.1 and 1.0, mounts, files; the client. */
module io.lws.http {
    requires transitive io.lws.core;
    requires static org.jspecify;

    exports io.lws.http;
    exports io.lws.http.auth;
    exports io.lws.http.client;
    exports io.lws.http.coding;
    exports io.lws.http.form;
    exports io.lws.http.spi;
    exports io.lws.http.sse;

    uses io.lws.http.coding.CodingProvider;
    uses io.lws.http.spi.HttpUpgrade;

    provides io.lws.spi.Role with
            io.lws.http.h1.H1Role,
            io.lws.http.h2.H2Role;
    provides io.lws.http.spi.HttpUpgrade with
            io.lws.http.h2.H2cUpgrade;
}
