package io.lws.epoll;

class EpollForeignLoopTest extends ForeignLoopContract {
    EpollForeignLoopTest() {
        super("epoll");
    }
}
