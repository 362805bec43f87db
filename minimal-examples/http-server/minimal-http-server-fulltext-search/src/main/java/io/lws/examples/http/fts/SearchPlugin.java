package io.lws.examples.http.fts;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class SearchPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SearchPlugin() {}

    @Override
    public String protocolName() {
        return "lws-fts";
    }

    @Override
    public ProtocolFactory factory() {
        return SearchProtocol::new;
    }

    @Override
    public String description() {
        return "finds words in texts";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
