package io.lws.epoll;

/** What stands behind a descriptor in the poller's table. */
@FunctionalInterface
interface EventSink {
    int IN = 0x1;
    int OUT = 0x4;
    int ERR = 0x8;
    int HUP = 0x10;
    int RDHUP = 0x2000;
    int EDGE = 1 << 31;

    /** {@code events} are epoll's bits. */
    void onEvents(int events);
}
