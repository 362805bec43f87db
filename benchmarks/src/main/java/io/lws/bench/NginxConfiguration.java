package io.lws.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx, set to do what the other peers do and no more. */
final class NginxConfiguration {
    private static final String TEXT = """
            daemon off;
            master_process %1$s;
            worker_processes %2$s;
            pid %3$s/nginx.pid;
            error_log stderr crit;
            events { worker_connections 16384; }
            http {
              access_log off;
              server_tokens off;
              sendfile on;
              tcp_nopush on;
              keepalive_timeout 600;
              keepalive_requests 2000000000;
              open_file_cache max=64 inactive=600s;
              default_type application/octet-stream;
              client_body_temp_path %3$s/body;
              proxy_temp_path %3$s/proxy;
              fastcgi_temp_path %3$s/fastcgi;
              uwsgi_temp_path %3$s/uwsgi;
              scgi_temp_path %3$s/scgi;
              server {
                listen 127.0.0.1:%4$s backlog=4096;
                location = /plaintext { default_type text/plain; return 200 "Hello, World!"; }
                location /static/ { alias %5$s/; }
              }
            }
            """;

    private NginxConfiguration() {}

    static List<String> command(ServerOptions options, int port, Path files) {
        try {
            Path directory = Files.createDirectories(Layout.work().resolve("nginx"));
            Path file = directory.resolve("nginx.conf");
            String master = options.loops() > 1 ? "on" : "off";
            Files.writeString(file, TEXT.formatted(master, options.loops(), directory, port, files.toAbsolutePath()));
            String program = Programs.find("nginx").orElseThrow().toString();
            return List.of(program, "-e", "stderr", "-p", directory.toString(), "-c", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
