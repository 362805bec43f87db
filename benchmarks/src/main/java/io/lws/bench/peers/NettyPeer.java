package io.lws.bench.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLException;

/** Netty as a peer: {@code NettyPeer nio|epoll [--threads N]}. One group accepts and serves. */
public final class NettyPeer {
    private NettyPeer() {}

    public static void main(String[] args) throws InterruptedException, SSLException {
        boolean epoll = List.of(args).contains("epoll");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Told.threads(args), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        serve(loops, epoll, Told.port(), new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new NettyHttp());
            }
        });
        SslContext tls = NettyH2.tls(epoll ? SslProvider.OPENSSL : SslProvider.JDK);
        serve(loops, epoll, Told.tlsPort(), new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()), NettyH2.codec(), new NettyH2());
            }
        });
    }

    private static void serve(EventLoopGroup loops, boolean epoll, int port, ChannelInitializer<Channel> each)
            throws InterruptedException {
        new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Told.BACKLOG)
                .childHandler(each)
                .bind(Told.HOST, port)
                .sync();
    }
}
