package io.lws.examples.ws.pmd.bulk;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class BulkPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BulkPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-pmd-bulk";
    }

    @Override
    public ProtocolFactory factory() {
        return BulkProtocol::new;
    }

    @Override
    public String description() {
        return "sends one long message, compressed";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
