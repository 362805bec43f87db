package io.lws.ws;

import io.lws.ws.WsTransform.ForMany;
import io.lws.ws.WsTransform.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the receivers of one message share beside its bytes: its topic, and the forms that extensions give it, one for each
 * {@link ForMany#key} among them, made at the first need. Any thread.
 */
final class WsShared {
    private final Object topic;
    private @Nullable Map<Object, WsMessage> forms;

    WsShared(Object topic) {
        this.topic = topic;
    }

    Object topic() {
        return topic;
    }

    /**
     * {@code message} as {@code once} makes it, marked by {@code bit}, or itself where that is not worth it. Uses {@code
     * room} from its start.
     */
    synchronized WsMessage form(WsMessage message, ForMany once, int bit, ByteBuffer room) {
        Map<Object, WsMessage> made = forms;
        if (made == null) {
            made = new HashMap<>(2);
            forms = made;
        }
        WsMessage form = made.get(once.key());
        if (form == null) {
            byte[] payload = transform(message, once.transform(), room);
            form = once.isWorth(message.lengthBytes(), payload.length) ? message.transformed(bit, payload) : message;
            made.put(once.key(), form);
        }
        return form;
    }

    private static byte[] transform(WsMessage message, WsTransform transform, ByteBuffer room) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(256);
        ByteBuffer payload = message.payload();
        Progress progress;
        try {
            do {
                progress = transform.transform(payload, WsPart.WHOLE, room.clear());
                byte[] part = new byte[room.flip().remaining()];
                room.get(part);
                all.writeBytes(part);
            } while (progress != Progress.DONE);
        } finally {
            transform.end();
        }
        return all.toByteArray();
    }
}
