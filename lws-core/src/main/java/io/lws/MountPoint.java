package io.lws;

/**
 * Something a role serves below a path of a vhost. The core stores mounts in the order given and knows no more of them
 * than where they sit; {@code io.lws.http.Mount} is the usual one.
 */
public interface MountPoint {
    /** The path prefix, starting with {@code /}. */
    String mountpoint();
}
