package io.lws.http.files;

import io.lws.http.HttpTx;
import java.io.IOException;

/** Content on its way out, a step at a time. */
interface Outgoing {
    /** What came of a step. */
    enum Progress {
        /** Go on when the peer takes more. */
        LATER,
        /** All is written. */
        DONE,
        /** There is less than the answer's head said. */
        CUT_SHORT
    }

    /** Writes as much as {@code tx} takes. */
    Progress step(HttpTx tx) throws IOException;

    /** Gives back what it holds open, sent or not. */
    void close();
}
