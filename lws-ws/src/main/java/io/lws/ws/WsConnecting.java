package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.http.HttpResponse;
import io.lws.http.client.UpgradeAnswers;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's connection between its request and the server's answer. */
final class WsConnecting implements RoleConnection {
    /** Who goes on. One of the last two is called, once, or what one of the first two gives. */
    interface Next {
        /** The server's answer, whatever it is. Gives what asks again elsewhere, when it calls for that. */
        default @Nullable Runnable onAnswer(HttpResponse answer) {
            return null;
        }

        /** The same answer, where that is no redirect. Gives what asks again and says who we are, when it wants to know. */
        default @Nullable Runnable onChallenge(HttpResponse answer) {
            return null;
        }

        /** Gives the role that goes on. */
        RoleConnection onAccepted(Connection connection, WsClientRequest.Agreed agreed);

        void onFailed(CloseInfo info);
    }

    private enum State {
        /** The request is not out. */
        NEW,
        ASKED,
        /** {@link Next} knows what came of it. */
        TOLD
    }

    private final Connection connection;
    private final WsClientRequest request;
    private final Duration timeout;
    private final Next next;
    private final UpgradeAnswers answers = new UpgradeAnswers();
    private State state = State.NEW;

    WsConnecting(Connection connection, WsClientRequest request, Duration timeout, Next next) {
        this.connection = connection;
        this.request = request;
        this.timeout = timeout;
        this.next = next;
        connection.requestWriteable();
    }

    @Override
    public String roleName() {
        return "ws-connecting";
    }

    @Override
    public void onWriteable() {
        if (state == State.NEW) {
            state = State.ASKED;
            byte[] head = request.head();
            connection.write(head, 0, head.length);
            connection.setTimeout(TimeoutReason.AWAITING_HEADERS, timeout.toNanos());
        }
    }

    @Override
    public void onReadable(ByteBuffer in) {
        HttpResponse answer = answers.read(in);
        if (answer == null) {
            return;
        }
        Runnable elsewhere = next.onAnswer(answer);
        Runnable again = elsewhere == null ? next.onChallenge(answer) : elsewhere;
        if (again != null) {
            state = State.TOLD;
            connection.abort(CloseInfo.local(answer.status(), "asked again"));
            again.run();
            return;
        }
        WsClientRequest.Agreed agreed = request.check(answer);
        RoleConnection accepted = next.onAccepted(connection, agreed); // what this throws is told like any failure
        state = State.TOLD;
        connection.replaceRole(accepted);
    }

    @Override
    public boolean awaitsAnswer() {
        return true;
    }

    @Override
    public void onPeerFin() {
        connection.abort(CloseInfo.peer(0, "end of stream instead of an answer"));
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.abort(CloseInfo.timeout("no answer to the request"));
    }

    @Override
    public void onDrain() {
        connection.abort(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        if (state != State.TOLD) {
            state = State.TOLD;
            next.onFailed(info);
        }
    }
}
