package io.lws.ws;

/** Where a frame stands in a message that is sent in several. */
public enum WsPart {
    WHOLE(WsPiece.FIRST | WsPiece.FINAL),
    FIRST(WsPiece.FIRST),
    MIDDLE(0),
    LAST(WsPiece.FINAL);

    final int piece;

    WsPart(int piece) {
        this.piece = piece;
    }
}
