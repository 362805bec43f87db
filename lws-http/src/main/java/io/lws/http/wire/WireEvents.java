package io.lws.http.wire;

import io.lws.CloseInfo;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.net.Connection;
import java.nio.ByteBuffer;

/** What comes of an exchange, in this order. It ends with exactly one of onEnd, onSwitched, onFailed, or by cancel. */
public interface WireEvents {
    /** How much of an answer had come when an exchange failed: whether asking again can do harm. */
    enum Progress {
        /** Not one octet: on a connection that was used before the origin may have closed it before it read the request. */
        NOTHING_CAME,
        /** The origin has said that it did nothing about the request: any may be sent again (RFC 9113 8.7). */
        NOT_PROCESSED,
        SOMETHING_CAME
    }

    /** An interim response, 100 included, 101 not. {@code interim} is lent for the call. */
    void onInterim(HttpResponse interim);

    /** The head of the final response; lent until the end. */
    void onHead(HttpResponse response);

    /** Content as it comes, without framing; lent, read whole. */
    void onBody(ByteBuffer content);

    /** The response is complete. */
    void onEnd(Headers trailers);

    /** The request's content may go on. */
    void onWriteable();

    /** 101: the connection now belongs to the listener, who replaces its role during the call. */
    void onSwitched(HttpResponse response, Connection connection);

    void onFailed(CloseInfo why, Progress progress);
}
