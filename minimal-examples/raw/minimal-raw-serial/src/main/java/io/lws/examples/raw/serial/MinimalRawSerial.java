package io.lws.examples.raw.serial;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.net.Adoption;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Talks over a serial port, 115200 8N1: sends the lines of the command line and prints what comes. */
public final class MinimalRawSerial {
    private MinimalRawSerial() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var options = ClientOptions.parse("minimal-raw-serial", args);
        if (options.arguments().isEmpty()) {
            System.err.println("minimal-raw-serial: wants a terminal, such as /dev/ttyUSB0, and perhaps lines to send");
            System.exit(2);
        }
        var tty = options.arguments().get(0);
        var lines = options.arguments().subList(1, options.arguments().size());
        var set = new ProcessBuilder("stty", "-F", tty, "115200", "cs8", "-cstopb", "-parenb", "raw", "-echo");
        if (set.inheritIO().start().waitFor() != 0) {
            System.exit(1);
        }
        var vhost = Vhost.builder("localhost")
                .protocol("lws-raw-serial", (owner, none) -> new PrintProtocol(String.join("\n", lines) + "\n"))
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var port = Adoption.file(Path.of(tty), StandardOpenOption.READ, StandardOpenOption.WRITE);
            var unused = context.adopt(vhost, port);
            context.run();
        }
    }
}
