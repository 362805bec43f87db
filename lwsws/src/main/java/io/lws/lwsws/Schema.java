package io.lws.lwsws;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The keys of a configuration as a JSON Schema (2020-12), for editors that complete and check. Values are text, numbers
 * and booleans alike, as in lws; what a value must be is said when a configuration is read.
 */
final class Schema {
    private final JsonGenerator json;

    private Schema(JsonGenerator json) {
        this.json = json;
    }

    static String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(
                        new ObjectWriteContext.Base() {
                            @Override
                            public DefaultPrettyPrinter getPrettyPrinter() {
                                return new DefaultPrettyPrinter();
                            }
                        },
                        text)) {
            new Schema(json).write();
        }
        return text.append('\n').toString();
    }

    private void write() {
        json.writeStartObject();
        json.writeStringProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringProperty("title", "lwsws");
        json.writeStringProperty("type", "object");
        json.writeBooleanProperty("additionalProperties", false);
        json.writeObjectPropertyStart("properties");
        keys("global", GlobalSettings.keys(), () -> {});
        json.writeObjectPropertyStart("vhosts");
        list(VhostSettings.keys(), "mounts", () -> list(MountSettings.keys(), "", () -> {}));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void keys(String name, Map<String, String> keys, Runnable nested) {
        json.writeObjectPropertyStart(name);
        object(keys, "", nested);
        json.writeEndObject();
    }

    private void list(Map<String, String> keys, String nestedKey, Runnable nested) {
        json.writeStringProperty("type", "array");
        json.writeObjectPropertyStart("items");
        object(keys, nestedKey, nested);
        json.writeEndObject();
    }

    private void object(Map<String, String> keys, String nestedKey, Runnable nested) {
        json.writeStringProperty("type", "object");
        json.writeBooleanProperty("additionalProperties", false);
        json.writeObjectPropertyStart("properties");
        keys.forEach((key, remark) -> {
            json.writeObjectPropertyStart(key);
            if (key.equals(nestedKey)) {
                nested.run();
            } else if (!remark.isEmpty()) {
                json.writeStringProperty("description", remark);
            }
            json.writeEndObject();
        });
        json.writeEndObject();
    }
}
