package io.lws.epoll;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Mount;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A process that serves the files of a directory on the poller it is told, until its standard input ends. */
final class FileServer {
    private FileServer() {}

    public static void main(String[] args) throws IOException {
        Vhost vhost = Vhost.builder("files")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .mount(Mount.files("/", Path.of(args[1])))
                .build();
        try (Context context =
                Context.builder().poller(args[0]).vhost(vhost).build().start()) {
            System.out.println(context.loops().get(0).poller().name() + " " + vhost.port());
            System.in.transferTo(System.out);
        }
    }
}
