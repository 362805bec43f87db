package io.lws.http.spi;

import io.lws.http.Headers;
import io.lws.net.Connection;

/** What becomes of a request for an upgrade. */
public sealed interface UpgradeAnswer {
    /** No upgrade: answer this instead. {@code reason} goes into the error page. */
    record Refuse(int status, Headers headers, String reason) implements UpgradeAnswer {}

    /**
     * The upgrade happens: {@code headers} go out with 101 (or 200 on an h2 stream), then {@code role} is made and
     * gets all further bytes.
     */
    record Accept(Headers headers, Connection.RoleFactory role) implements UpgradeAnswer {}

    /** Not for this upgrade: the request is served as if it had not asked. */
    record Ignore() implements UpgradeAnswer {}
}
