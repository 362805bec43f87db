package io.lws.lwsws;

import io.lws.http.Headers;

/** {@code headers}: a list of objects with a name and a value each. */
final class HeaderSettings {
    private HeaderSettings() {}

    static Headers read(Value list) {
        Headers.Builder headers = Headers.builder();
        for (Value each : list.namedEntries()) {
            String value = each.text();
            if (value != null) {
                String name = bareName(each.name());
                each.tried(() -> {
                    if (Headers.of(name, value).hasFramingFields()) {
                        throw new IllegalArgumentException("the server says that by itself, as each answer needs it");
                    }
                    return headers.add(name, value);
                });
            }
        }
        return headers.build();
    }

    /** In lws' C tables names end with their colon, and some people write them so in JSON. */
    private static String bareName(String name) {
        return name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
    }
}
