/** Example: minimal-http-server-systemd-socketact. */
module io.lws.examples.http.systemd {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
