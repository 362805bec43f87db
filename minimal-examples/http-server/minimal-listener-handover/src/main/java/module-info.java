/** Example: minimal-listener-handover. */
module io.lws.examples.http.handover {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
