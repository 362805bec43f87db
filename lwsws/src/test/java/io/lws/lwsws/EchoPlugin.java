package io.lws.lwsws;

import java.io.IOException;

/** A plugin of two protocols in several versions: {@code version} answers requests, {@code echo} echoes messages. */
final class EchoPlugin {
    private static final String ECHO = """
            package plugin;
            import io.lws.*;
            import io.lws.ws.*;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "echo"; }
                public String description() { return "echoes, with its version in front"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return Echo::new; }
                static class Echo implements WsProtocol<Void> {
                    Echo(Vhost vhost, ProtocolOptions options) { }
                    public void onMessage(WsSession<Void> ws, WsFragment rx) {
                        ws.post(WsMessage.text("VERSION " + rx.text()));
                    }
                }
            }
            """;
    private static final String VERSION = """
            package plugin;
            import io.lws.*;
            public class V implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "version"; }
                public String description() { return "answers with its version and an option"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return Answer::new; }
                static class Answer implements io.lws.http.HttpProtocol<Void> {
                    final String option;
                    Answer(Vhost vhost, ProtocolOptions options) { option = options.string("option", ""); }
                    public void onRequest(io.lws.http.HttpTransaction<Void> http) {
                        http.respond(200, "text/plain", "VERSION " + option);
                    }
                }
            }
            """;

    private EchoPlugin() {}

    static PluginJar version(String version) throws IOException {
        return PluginJar.provider(ECHO.replace("VERSION", version), VERSION.replace("VERSION", version))
                .entry(
                        "META-INF/services/io.lws.spi.ProtocolProvider",
                        "plugin.P\nplugin.V\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
