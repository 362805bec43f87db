package io.lws.http.exchange;

import io.lws.http.RequestHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head that shows the fields it was read with as its own, whatever their version keeps them in. */
public interface HeadFields extends RequestHeaders {
    RequestHeaders fields();

    @Override
    default @Nullable String header(String name) {
        return fields().header(name);
    }

    @Override
    default List<String> headers(String name) {
        return fields().headers(name);
    }

    @Override
    default int headerCount() {
        return fields().headerCount();
    }

    @Override
    default String headerName(int index) {
        return fields().headerName(index);
    }

    @Override
    default String headerValue(int index) {
        return fields().headerValue(index);
    }

    @Override
    default boolean isHeaderSecret(int index) {
        return fields().isHeaderSecret(index);
    }
}
