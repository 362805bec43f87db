package io.lws.plugins.rawtest;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code protocol-lws-raw-test} to servers that load plugins. */
public final class RawTestPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RawTestPlugin() {}

    @Override
    public String protocolName() {
        return "protocol-lws-raw-test";
    }

    @Override
    public ProtocolFactory factory() {
        return RawTestProtocol::new;
    }

    @Override
    public String description() {
        return "echoes raw connections, and tells them what somebody writes into a fifo";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("fifo-path", "a fifo, made where there is none; without it there is only the echo");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
