package io.lws;

/**
 * Settings a role reads from the vhost it serves, such as {@code HttpLimits}. At most one of each class per vhost; a
 * role supplies its own default for what is not set. Implementations are immutable values.
 */
public interface VhostOption {}
