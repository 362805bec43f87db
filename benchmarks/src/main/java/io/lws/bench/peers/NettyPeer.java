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
import java.util.List;

/** Netty as a peer: {@code NettyPeer nio|epoll [--threads N]}. One group accepts and serves. */
public final class NettyPeer {
    private NettyPeer() {}

    public static void main(String[] args) throws InterruptedException {
        boolean epoll = List.of(args).contains("epoll");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Told.threads(args), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Told.BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new NettyHttp());
                    }
                })
                .bind(Told.HOST, Told.port())
                .sync();
    }
}
