package io.lws.bench.load;

/**
 * Running totals in nanoseconds, read at the two ends of a measured window.
 *
 * @param serverCpuNs CPU time of all threads of the server
 * @param clientCpuNs CPU time of this process
 * @param serverCoreNs what the core of the server was busy with, the server included; 0 where that is unknown
 */
public record Usage(long serverCpuNs, long clientCpuNs, long serverCoreNs) {
    public static final Usage NONE = new Usage(0, 0, 0);

    /** What was used between {@code before} and this. */
    public Usage since(Usage before) {
        return new Usage(
                serverCpuNs - before.serverCpuNs, clientCpuNs - before.clientCpuNs, serverCoreNs - before.serverCoreNs);
    }
}
