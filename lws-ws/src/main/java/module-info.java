/** WebSocket for lws for Java. */
module io.lws.ws {
    requires transitive io.lws.http;
    requires static org.jspecify;

    exports io.lws.ws;

    provides io.lws.http.spi.HttpUpgrade with
            io.lws.ws.WsUpgrade;
}
