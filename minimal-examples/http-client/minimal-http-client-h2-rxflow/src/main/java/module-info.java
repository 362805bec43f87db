/** Example: minimal-http-client-h2-rxflow. */
module io.lws.examples.http.client.rxflow {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
