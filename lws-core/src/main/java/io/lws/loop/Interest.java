package io.lws.loop;

import java.nio.channels.SelectionKey;

/** What a poller is asked to report, as a bit set (lws: LWS_POLLIN, LWS_POLLOUT). */
public final class Interest {
    public static final int NONE = 0;
    public static final int READ = SelectionKey.OP_READ;
    public static final int WRITE = SelectionKey.OP_WRITE;
    public static final int CONNECT = SelectionKey.OP_CONNECT;
    public static final int ACCEPT = SelectionKey.OP_ACCEPT;

    private Interest() {}
}
