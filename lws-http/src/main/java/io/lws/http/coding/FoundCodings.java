package io.lws.http.coding;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Codings that were found, for the life of the process. */
final class FoundCodings {
    static final @Nullable CodingProvider BROTLI = find(ContentCoding.BROTLI);

    private FoundCodings() {}

    private static @Nullable CodingProvider find(ContentCoding coding) {
        for (CodingProvider each : ServiceLoader.load(CodingProvider.class, CodingProvider.class.getClassLoader())) {
            if (each.coding() == coding && each.isAvailable()) {
                return each;
            }
        }
        return null;
    }
}
