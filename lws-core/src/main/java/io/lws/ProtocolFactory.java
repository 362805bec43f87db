package io.lws;

/** Makes the instance of a protocol for one vhost; usually a constructor reference, {@code EchoProtocol::new}. */
@FunctionalInterface
public interface ProtocolFactory {
    /**
     * Called once per vhost while its context is built, on the building thread. An exception stops the build and names
     * vhost and protocol.
     */
    Protocol<?> bind(Vhost vhost, ProtocolOptions options);
}
