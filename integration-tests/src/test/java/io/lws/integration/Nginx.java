package io.lws.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An nginx of a test's own, which keeps all it writes in one directory. */
final class Nginx {
    private Nginx() {}

    /** Started and listening on {@code port}, as {@code http}, what stands in the block of that name, has it. */
    static Program start(Path directory, int port, String http) throws IOException {
        Path conf = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr;
                worker_processes 1;
                user root;
                events { worker_connections 1024; }
                http {
                access_log off;
                client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                %2$s}
                """.formatted(directory, http));
        Program nginx = Program.start(
                List.of("nginx", "-p", directory.toString(), "-e", "stderr", "-c", conf.toString()), Map.of(), null);
        Ports.awaitListening(nginx, port);
        return nginx;
    }
}
