package ${package};

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code ${protocol}} to servers that load plugins. */
public final class ${className}Plugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ${className}Plugin() {}

    @Override
    public String protocolName() {
        return "${protocol}";
    }

    @Override
    public ProtocolFactory factory() {
        return ${className}Protocol::new;
    }

    @Override
    public String description() {
        return "greets whoever says a name";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("greeting", "what is said before the name, hello unless given");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
