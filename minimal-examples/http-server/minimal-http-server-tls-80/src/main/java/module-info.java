/** Example: minimal-http-server-tls-80. */
module io.lws.examples.http.tlsplain {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
