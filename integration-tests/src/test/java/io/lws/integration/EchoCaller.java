package io.lws.integration;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import io.lws.ws.WsFragment;
import io.lws.ws.WsLimits;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The library's client with all {@link EchoedMessages}, one after another, for whoever echoes. */
final class EchoCaller implements WsProtocol<Void> {
    private static final int PATIENCE_S = 30;

    private final CompletableFuture<String> result = new CompletableFuture<>();
    private int row;
    private int fragment;

    private EchoCaller() {}

    /** How it ended: {@code echoed 8, closed 1000}, or what went wrong. */
    static String call(String uri, UnaryOperator<WsClient.Builder> settings) throws Exception {
        EchoCaller caller = new EchoCaller();
        Vhost vhost = Vhost.builder("client")
                .option(WsDeflate.defaults())
                .option(WsLimits.builder().wholeMessageBytes(2 << 20).build())
                .build();
        try (Context context = Context.builder().vhost(vhost).build().start()) {
            WsClient client = settings.apply(WsClient.builder(vhost)
                            .uri(uri)
                            .protocol(caller)
                            .retry(RetryPolicy.NEVER)
                            .onStale(why -> caller.result.complete("no connection: " + why.reason())))
                    .connect();
            String result = caller.result.get(PATIENCE_S, TimeUnit.SECONDS);
            client.close();
            return result;
        }
    }

    static String call(String uri) throws Exception {
        return call(uri, builder -> builder);
    }

    @Override
    public void onEstablished(WsSession<Void> ws) {
        ws.requestWriteable();
    }

    @Override
    public void onWriteable(WsSession<Void> ws, WsTx tx) {
        EchoedMessages all = EchoedMessages.values()[row];
        List<ByteBuffer> fragments = all.fragments();
        if (fragment == fragments.size()) {
            return;
        }
        boolean first = fragment == 0;
        ByteBuffer payload = fragments.get(fragment++);
        boolean last = fragment == fragments.size();
        WsPart part = first && last ? WsPart.WHOLE : first ? WsPart.FIRST : last ? WsPart.LAST : WsPart.MIDDLE;
        tx.write(all.kind == EchoedMessages.Kind.TEXT ? WsOpcode.TEXT : WsOpcode.BINARY, part, payload);
        ws.requestWriteable();
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        EchoedMessages sent = EchoedMessages.values()[row];
        if (rx.isText() != (sent.kind == EchoedMessages.Kind.TEXT)
                || !rx.payload().equals(sent.payload())) {
            result.complete("not the same: " + sent);
            ws.abort();
        } else if (++row == EchoedMessages.values().length) {
            ws.close();
        } else {
            fragment = 0;
            ws.requestWriteable();
        }
    }

    @Override
    public void onClosed(WsSession<Void> ws, CloseInfo info) {
        result.complete("echoed " + row + ", closed " + info.code());
    }
}
