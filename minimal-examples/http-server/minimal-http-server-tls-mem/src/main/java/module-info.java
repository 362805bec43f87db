/** Example: minimal-http-server-tls-mem. */
module io.lws.examples.http.tlsmem {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
