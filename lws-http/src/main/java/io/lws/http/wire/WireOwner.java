package io.lws.http.wire;

/** Who keeps connections for the exchanges to come. */
public interface WireOwner {
    /** An exchange is over and {@code wire} can take another one. Comes before the exchange hears of its end. */
    void onRoom(ClientWire wire);

    /** {@code wire} will take no more exchanges. Exactly once. */
    void onGone(ClientWire wire);
}
