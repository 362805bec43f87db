package io.lws.bench.load;

/**
 * One load.
 *
 * @param path what is asked for, or where the upgrade happens
 * @param depth requests a connection has under way at most
 * @param content the body expected, or the payload that is sent and expected back; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record LoadSpec(Exchange exchange, String path, int connections, int depth, byte[] content) {}
