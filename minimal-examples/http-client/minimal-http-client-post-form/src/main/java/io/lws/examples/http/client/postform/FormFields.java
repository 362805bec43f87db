package io.lws.examples.http.client.postform;

import java.util.List;

/** Takes {@code name=value} apart. */
final class FormFields {
    private FormFields() {}

    static List<String> split(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? List.of(pair, "") : List.of(pair.substring(0, equals), pair.substring(equals + 1));
    }
}
