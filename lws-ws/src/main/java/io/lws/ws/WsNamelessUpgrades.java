package io.lws.ws;

import io.lws.VhostOption;

/** What a vhost does with a client that asks for no subprotocol (lws: disable-no-protocol-ws-upgrades). */
public enum WsNamelessUpgrades implements VhostOption {
    /** It gets the default protocol, or the one mounted where it asks. */
    ALLOW,
    /** It is answered with 400. */
    REFUSE
}
