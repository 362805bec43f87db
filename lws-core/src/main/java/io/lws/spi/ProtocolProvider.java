package io.lws.spi;

import io.lws.ProtocolFactory;
import java.util.Map;

/**
 * What a plugin jar provides: one protocol by name. Found by {@link java.util.ServiceLoader} through {@code
 * META-INF/services/io.lws.spi.ProtocolProvider}.
 */
public interface ProtocolProvider {
    /** The level of this API; raised when a plugin built for it could not run on an older library. */
    int API_LEVEL = 1;

    /** The name vhosts enable it by, which for a ws protocol is also the subprotocol on the wire. */
    String protocolName();

    ProtocolFactory factory();

    /** One line for {@code lwsws --plugins}. */
    String description();

    /** Option name to one line of meaning. */
    default Map<String, String> options() {
        return Map.of();
    }

    /**
     * Answer {@code return API_LEVEL;}: a constant, so the compiler writes the level the plugin was built for into it.
     */
    int apiLevel();
}
