package io.lws.bench.peers;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty as a peer: one selector a loop, and the few threads it cannot do without. */
public final class JettyPeer {
    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 12;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private JettyPeer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(MAX_THREADS, MIN_THREADS));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        ServerConnector connector =
                new ServerConnector(server, 1, Told.threads(args), new HttpConnectionFactory(configuration));
        connector.setHost(Told.HOST);
        connector.setPort(Told.port());
        connector.setAcceptQueueSize(Told.BACKLOG);
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        WebSocketUpgradeHandler handler = WebSocketUpgradeHandler.from(server, JettyPeer::webSockets);
        handler.setHandler(new Handler.Sequence(new Plaintext(), files()));
        server.setHandler(handler);
        server.start();
    }

    private static void webSockets(ServerWebSocketContainer container) {
        container.setIdleTimeout(IDLE);
        container.setMaxBinaryMessageSize(Told.MAX_MESSAGE_BYTES);
        for (String path : new String[] {"/", "/bcast", "/pub"}) {
            container.addMapping(path, (request, response, callback) -> new JettyWs(path));
        }
    }

    private static Handler files() {
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.root().newResource(Told.files()));
        return new ContextHandler(files, "/static");
    }

    private static final class Plaintext extends Handler.Abstract.NonBlocking {
        private final ByteBuffer hello =
                ByteBuffer.allocateDirect(Told.hello().length).put(Told.hello()).flip();

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!Request.getPathInContext(request).equals("/plaintext")) {
                return false;
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, hello.remaining());
            response.write(true, hello.duplicate(), callback);
            return true;
        }
    }
}
