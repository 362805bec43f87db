package io.lws.examples.http.mounts;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class GreetPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public GreetPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-greet";
    }

    @Override
    public ProtocolFactory factory() {
        return GreetProtocol::new;
    }

    @Override
    public String description() {
        return "says hello in the name of its mount";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
