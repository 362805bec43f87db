/** Example: minimal-http-server-mimetypes. */
module io.lws.examples.http.mimetypes {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
