package io.lws.raw;

import io.lws.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One raw connection. */
public interface RawSession<S extends @Nullable Object> extends Session<S> {
    /** Ends it once what was written has gone out. */
    void close();

    /** Ends it at once. */
    void abort();

    /** Closes the session with a timeout unless set anew or cleared with {@link Duration#ZERO} before. */
    void setTimeout(Duration limit);
}
