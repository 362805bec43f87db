/** Example: minimal-http-server-fulltext-search. */
module io.lws.examples.http.fulltextsearch {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.fts.SearchPlugin;
}
