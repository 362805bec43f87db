package io.lws.ws.deflate;

/** What comes behind a piece of a message. */
public enum End {
    /** More of the same message. */
    OF_PIECE,
    /** Nothing: the message ends with it. */
    OF_MESSAGE
}
