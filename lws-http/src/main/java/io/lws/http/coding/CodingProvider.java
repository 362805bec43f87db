package io.lws.http.coding;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A coding that the JDK does not have, brought by a module of its own: found by {@link ServiceLoader}. Any thread; what
 * it makes belongs to one.
 */
public interface CodingProvider {
    ContentCoding coding();

    /** False where it cannot be used, such as for want of a native library; then it is passed over. */
    boolean isAvailable();

    /** {@code level} is {@link Compression#level}, 1 (fast) to 9 (small). */
    ContentEncoder encoder(int level);

    ContentDecoder decoder();

    /** The one for brotli, or null. Looked for once. */
    static @Nullable CodingProvider brotli() {
        return FoundCodings.BROTLI;
    }
}
