package io.lws.plugins.deaddrop;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-deaddrop} to servers that load plugins. */
public final class DeaddropPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DeaddropPlugin() {}

    @Override
    public String protocolName() {
        return "lws-deaddrop";
    }

    @Override
    public ProtocolFactory factory() {
        return DeaddropProtocol::new;
    }

    @Override
    public String description() {
        return "keeps the files that are left with it";
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "upload-dir", "where files are kept",
                "max-size", "octets a file may have, 10000000 unless given");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
