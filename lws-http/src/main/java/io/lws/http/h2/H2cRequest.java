package io.lws.http.h2;

import io.lws.http.HttpRequest;
import io.lws.http.hpack.HeaderField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP/1.1 request with which a connection has been upgraded (RFC 7540 3.2): it is answered on stream 1.
 *
 * @param settings the payload of SETTINGS that came with it
 */
record H2cRequest(ByteBuffer settings, List<HeaderField> head) {
    static H2cRequest of(HttpRequest request, byte[] settings) {
        List<HeaderField> head = new ArrayList<>();
        head.add(new HeaderField(":method", request.method().name()));
        head.add(new HeaderField(":scheme", "http"));
        head.add(new HeaderField(":authority", request.authority()));
        head.add(new HeaderField(":path", request.target().raw()));
        for (int i = 0; i < request.headerCount(); i++) {
            String name = request.headerName(i);
            boolean own = name.equals("host") || name.equals("http2-settings") || name.equals("te");
            if (!own && !ConnectionFields.has(name)) {
                head.add(new HeaderField(name, request.headerValue(i)));
            }
        }
        return new H2cRequest(ByteBuffer.wrap(settings), List.copyOf(head));
    }

    FieldList fields(FieldList into) {
        head.forEach(into::field);
        return into;
    }
}
