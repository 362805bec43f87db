/** Example: minimal-http-server-eventlib-custom. */
module io.lws.examples.http.eventlibcustom {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
