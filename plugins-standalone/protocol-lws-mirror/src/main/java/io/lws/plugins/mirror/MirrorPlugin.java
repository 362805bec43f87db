package io.lws.plugins.mirror;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-mirror-protocol} to servers that load plugins. */
public final class MirrorPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public MirrorPlugin() {}

    @Override
    public String protocolName() {
        return "lws-mirror-protocol";
    }

    @Override
    public ProtocolFactory factory() {
        return MirrorProtocol::new;
    }

    @Override
    public String description() {
        return "a drawing board shared by all who are in the same room";
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "ring-depth", "messages a room keeps for newcomers and slow readers, 1024 unless given",
                "max-rooms", "rooms there may be at a time, 64 unless given",
                "laggard-ms", "the longest a reader far behind may take for half a ring, 3000 unless given");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
