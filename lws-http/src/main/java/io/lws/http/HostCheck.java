package io.lws.http;

import io.lws.VhostOption;

/** What the first vhost of a port does with a request that names none of those on the port (lws: strict-host-check). */
public enum HostCheck implements VhostOption {
    /** Serves it itself. */
    NONE,
    /** Answers 421 (RFC 9110 section 15.5.20). */
    STRICT
}
