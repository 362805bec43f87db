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

    /** Whether the message ends with it. */
    public boolean isLast() {
        return this == WHOLE || this == LAST;
    }

    /** Where a piece with the bits of {@link WsPiece} stands. */
    static WsPart of(int piece) {
        boolean last = (piece & WsPiece.FINAL) != 0;
        if ((piece & WsPiece.FIRST) != 0) {
            return last ? WHOLE : FIRST;
        }
        return last ? LAST : MIDDLE;
    }
}
