package io.lws.http.exchange;

import io.lws.http.Headers;
import io.lws.net.Connection;

/** A request that wants another protocol, as long as nothing has been answered. */
@FunctionalInterface
public interface Switchable {
    /**
     * Answers that it may have it and hands what carries the request to {@code role}; the transaction is over with that.
     *
     * @throws UnsupportedOperationException where there is nothing to switch to
     */
    void switchTo(Headers headers, Connection.RoleFactory role);
}
