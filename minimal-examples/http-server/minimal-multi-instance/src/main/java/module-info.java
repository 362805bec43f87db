/** Example: minimal-multi-instance. */
module io.lws.examples.http.multiinstance {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
