/** Example: minimal-http-server-sni. */
module io.lws.examples.http.sni {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
