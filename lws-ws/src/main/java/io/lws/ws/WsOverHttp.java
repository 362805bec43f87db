package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.HttpVersion;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.net.Connection;
import io.lws.spi.RoleConnection;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a WebSocket by an exchange of an HTTP client, whichever version that speaks with the origin. That client proves
 * who we are; where a redirect leads to is decided here, as it is without it.
 */
final class WsOverHttp implements HttpClientProtocol<Void> {
    private static final Log LOG = Log.of("lws.ws");

    private final WsClientRequest request;
    private final @Nullable String userInfo;
    private final WsConnecting.Next next;
    private boolean told;

    WsOverHttp(WsClientRequest request, @Nullable String userInfo, WsConnecting.Next next) {
        this.request = request;
        this.userInfo = userInfo;
        this.next = next;
    }

    /** Begins on this loop; what it returns gives up. */
    Runnable begin(HttpClient http) {
        WsUri to = request.uri();
        ClientRequest.Builder asked = ClientRequest.builder(
                        HttpMethod.GET, to.asHttp().toString())
                .headers(request.fields())
                .maxRedirects(0)
                .upgrade("websocket");
        if (userInfo != null) {
            String[] pair = userInfo.split(":", 2);
            asked.credentials(pair[0], pair.length == 1 ? "" : pair[1]);
        }
        HttpExchange<Void> exchange = http.exchange(asked.build(), this);
        return exchange::abort;
    }

    @Override
    public void onUpgraded(HttpExchange<Void> http, Connection connection) {
        HttpResponse answer = http.response();
        try {
            var unused = next.onAnswer(answer);
            WsClientRequest.Agreed agreed =
                    answer.version() == HttpVersion.HTTP_2 ? request.agreed(answer) : request.check(answer);
            RoleConnection accepted = next.onAccepted(connection, agreed);
            told = true;
            connection.replaceRole(accepted);
        } catch (ProtocolException e) {
            refuse(connection, CloseInfo.protocol(e));
        } catch (RuntimeException e) {
            LOG.error(connection.tag(), "a callback threw; the attempt fails", e);
            refuse(connection, CloseInfo.callback(e));
        }
    }

    private void refuse(Connection connection, CloseInfo why) {
        connection.abort(why);
        fail(why);
    }

    /** An answer that is none to what was asked. */
    @Override
    public void onResponse(HttpExchange<Void> http) {
        Runnable elsewhere = next.onAnswer(http.response());
        if (elsewhere != null) {
            told = true;
            http.abort();
            elsewhere.run();
            return;
        }
        int status = http.response().status();
        fail(CloseInfo.protocol(new ProtocolException(status, "server answered " + status)));
        http.abort();
    }

    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        fail(info);
    }

    private void fail(CloseInfo info) {
        if (!told) {
            told = true;
            next.onFailed(info);
        }
    }
}
