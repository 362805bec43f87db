package io.lws.plugins.status;

import java.time.Instant;

/** One connection, as the others hear of it. Filled in before it is listed. */
final class Visit {
    final Instant since;
    String peer = "";
    String userAgent = "";

    Visit(Instant since) {
        this.since = since;
    }
}
