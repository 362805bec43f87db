package io.lws.http.h2;

import io.lws.CloseInfo;

/** What a connection's streams are for, as a server or as a client. */
interface H2Side {
    boolean isServer();

    /** Whether streams of ours begin without a window, for each to say its own. */
    default boolean countsCredit() {
        return false;
    }

    /** Writes this side's preface. */
    void greet(H2Connection h2);

    /**
     * The peer has opened a stream; only a server is told. {@code tooLong}: the fields are not all of them.
     *
     * @return true when the fields have been kept
     */
    boolean onOpened(H2Stream stream, FieldList fields, boolean tooLong);

    /**
     * A further block on a stream that may receive; {@code end}: it ends the peer's side.
     *
     * @return true when the fields have been kept
     */
    boolean onMoreFields(H2Stream stream, FieldList fields, boolean end);

    /** Whether a client has ever opened that stream. */
    boolean hasOpened(int streamId);

    /** Settings have come. */
    void onSettings(H2Connection h2);

    /** The peer takes no streams behind {@code lastId} any more. */
    void onGoAway(H2Connection h2, int lastId, int code);

    /** The peer has ended its output: no stream that it must answer can begin any more. */
    default void onPeerFin() {}

    /** One stream less. */
    void onStreamGone(H2Connection h2);

    /** The context closes; only a client is asked. */
    void onDrain(H2Connection h2);

    void onClosed(CloseInfo info);
}
