package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ${className}ProtocolTest {
    private static Context serve() {
        return Context.builder()
                .vhost(Vhost.builder("localhost")
                        .listen(InetAddress.getLoopbackAddress(), 0)
                        .protocol(
                                "${protocol}", new ${className}Plugin().factory(), ProtocolOptions.of("greeting", "hi"))
                        .build())
                .build()
                .start();
    }

    @Test
    void greetsWhoeverSaysAName() throws Exception {
        try (Context context = serve()) {
            CompletableFuture<String> heard = new CompletableFuture<>();
            URI uri = URI.create("ws://127.0.0.1:" + context.vhosts().get(0).port() + "/");
            WebSocket ws = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("${protocol}")
                    .buildAsync(uri, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            heard.complete(data.toString());
                            return null;
                        }
                    })
                    .join();
            ws.sendText("Ada", true).join();
            assertEquals("hi Ada", heard.get(10, TimeUnit.SECONDS));
        }
    }
}
