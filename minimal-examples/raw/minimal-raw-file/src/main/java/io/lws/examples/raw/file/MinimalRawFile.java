package io.lws.examples.raw.file;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.net.Adoption;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file, a fifo or a terminal as if it were a connection. Without a name it is standard input. */
public final class MinimalRawFile {
    private MinimalRawFile() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-raw-file", args);
        var vhost = Vhost.builder("localhost")
                .protocol("lws-raw-file", (owner, none) -> new CountProtocol())
                .build();
        var file = options.arguments().isEmpty()
                ? Adoption.standardStreams()
                : Adoption.file(Path.of(options.arguments().get(0)));
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var unused = context.adopt(vhost, file);
            context.run();
        }
    }
}
