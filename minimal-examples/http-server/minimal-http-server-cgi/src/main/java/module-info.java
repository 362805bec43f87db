/** Example: minimal-http-server-cgi. */
module io.lws.examples.http.cgi {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
