package io.lws;

/** A place in a vhost's URL space. The role that serves it brings the type that says what is mounted there. */
public interface MountPoint {
    /** Where it begins: an absolute path such as {@code "/"} or {@code "/dyn"}. */
    String mountpoint();
}
