package io.lws.epoll;

class UringForeignLoopTest extends ForeignLoopContract {
    UringForeignLoopTest() {
        super("uring");
    }
}
