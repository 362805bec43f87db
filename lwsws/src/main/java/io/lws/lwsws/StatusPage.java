package io.lws.lwsws;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Listener;
import io.lws.plugin.Plugin;
import io.lws.spi.ProtocolProvider;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The state of a server as JSON. */
final class StatusPage {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private StatusPage(JsonGenerator json) {
        this.json = json;
    }

    static String json(List<Running> generations) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            new StatusPage(json).write(generations);
        }
        return text.append('\n').toString();
    }

    private void write(List<Running> generations) {
        json.writeStartObject();
        json.writeNumberProperty("pid", ProcessHandle.current().pid());
        each("generations", generations, one -> generation(one, one == generations.get(generations.size() - 1)));
        json.writeEndObject();
    }

    private void generation(Running one, boolean newest) {
        Context context = one.context();
        json.writeNumberProperty("number", one.number());
        json.writeStringProperty("state", newest ? "serving" : "draining");
        json.writeStringProperty("since", one.shown().since().toString());
        json.writeNumberProperty(
                "seconds", Duration.between(one.shown().since(), Instant.now()).toSeconds());
        json.writeNumberProperty("connections", context.connections());
        each("vhosts", context.vhosts(), this::vhost);
        each("plugins", one.shown().plugins(), this::plugin);
    }

    private void vhost(Vhost vhost) {
        json.writeStringProperty("name", vhost.name());
        Listener listener = vhost.context().listener(vhost);
        if (listener != null) {
            json.writeStringProperty("listens", String.valueOf(listener.address()));
        }
        json.writeBooleanProperty("tls", vhost.tls() != null);
        texts("protocols", List.copyOf(vhost.protocolNames()));
    }

    private void plugin(Plugin plugin) {
        json.writeStringProperty("jar", plugin.jar().toString());
        texts(
                "protocols",
                plugin.providers().stream().map(ProtocolProvider::protocolName).toList());
    }

    private void texts(String name, List<String> texts) {
        json.writeName(name);
        json.writeStartArray();
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private <T> void each(String name, List<T> list, Consumer<T> members) {
        json.writeName(name);
        json.writeStartArray();
        for (T one : list) {
            json.writeStartObject();
            members.accept(one);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
