/** The epoll and io_uring pollers of lws for Java: plain descriptors of Linux by the Foreign Function and Memory API. */
module io.lws.epoll {
    requires transitive io.lws.core;
    requires static org.jspecify;

    exports io.lws.epoll;

    provides io.lws.spi.PollerProvider with
            io.lws.epoll.EpollProvider,
            io.lws.epoll.UringProvider;
}
