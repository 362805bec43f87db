package io.lws.examples.ws.broker;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class BrokerPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BrokerPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-broker";
    }

    @Override
    public ProtocolFactory factory() {
        return BrokerProtocol::new;
    }

    @Override
    public String description() {
        return "passes what publishers send to all subscribers";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
