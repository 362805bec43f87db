package io.lws.http.brotli;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import io.lws.http.coding.CodingProvider;
import io.lws.http.coding.ContentCoding;
import io.lws.http.coding.ContentDecoder;
import io.lws.http.coding.ContentEncoder;

/** Offers brotli where its native library can be loaded. */
public final class BrotliCoding implements CodingProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BrotliCoding() {}

    @Override
    public ContentCoding coding() {
        return ContentCoding.BROTLI;
    }

    @Override
    public boolean isAvailable() {
        return Brotli4jLoader.isAvailable();
    }

    @Override
    public ContentEncoder encoder(int level) {
        Brotli4jLoader.ensureAvailability();
        return new BrotliEncoder(level);
    }

    @Override
    public ContentDecoder decoder() {
        Brotli4jLoader.ensureAvailability();
        return new BrotliDecoder();
    }
}
