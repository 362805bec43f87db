package io.lws.examples.http.httpbin;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class HttpbinPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HttpbinPlugin() {}

    @Override
    public String protocolName() {
        return "lws-httpbin";
    }

    @Override
    public ProtocolFactory factory() {
        return HttpbinProtocol::new;
    }

    @Override
    public String description() {
        return "answers as a test of a client wants it";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
