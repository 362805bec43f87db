package io.lws.examples.ws.client.echo;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.policy.RetryPolicy;
import io.lws.ws.WsClient;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;

/** Goes through the cases of a fuzzing server one after the other: asks for their number, echoes in each, asks for a report. */
final class Cases implements WsProtocol<Void> { // as a protocol, it reads the number of cases
    private final Vhost vhost;
    private final ClientOptions options;
    private final String agent;
    private int cases;
    private int next = 1;

    Cases(Vhost vhost, ProtocolOptions settings, ClientOptions options, String agent) {
        this.vhost = vhost;
        this.options = options;
        this.agent = agent;
    }

    void begin() {
        connect("/getCaseCount", "cases", this::nextCase);
    }

    @Override
    public void onMessage(WsSession<Void> ws, WsFragment rx) {
        cases = Integer.parseInt(rx.text());
    }

    private void nextCase() {
        if (next <= cases) {
            connect("/runCase?case=" + next++ + "&agent=" + agent, "echo", this::nextCase);
        } else {
            System.out.println(cases + " cases run");
            connect("/updateReports?agent=" + agent, "echo", vhost.context()::close);
        }
    }

    private void connect(String path, String protocol, Runnable then) {
        WsClient.builder(vhost)
                .uri(options.uri("ws", path))
                .protocol(protocol)
                .subprotocol("") // none is asked for on the wire
                .retry(RetryPolicy.NEVER)
                .onEnd(why -> then.run())
                .connect();
    }
}
