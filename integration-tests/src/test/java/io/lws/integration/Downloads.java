package io.lws.integration;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpVersion;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpTimeouts;
import io.lws.http.client.HttpTimings;
import io.lws.http.client.HttpVersions;
import io.lws.tls.TlsClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A thousand downloads at once by the library's client, each compared with the file that it should be. */
final class Downloads {
    private static final int COUNT = 1000;
    /** A thousand share one connection, maybe on a machine with other work. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final int[] SIZES = {0, 1, 100, 5_000, 16_384, 16_385, 70_000, 150_000};

    private final byte[][] contents = new byte[SIZES.length][];

    /** Makes the files. */
    Downloads(Path directory) throws IOException {
        Random random = new Random(9113);
        for (int i = 0; i < SIZES.length; i++) {
            contents[i] = new byte[SIZES[i]];
            random.nextBytes(contents[i]);
            Files.write(directory.resolve(name(i)), contents[i]);
        }
    }

    static int count() {
        return SIZES.length;
    }

    static String name(int index) {
        return index % SIZES.length + ".bin";
    }

    byte[] content(int index) {
        return contents[index % contents.length];
    }

    /** What came of them, and how many connections were made. */
    record Result(int right, int connections) {
        static final int ALL = COUNT;
    }

    /** Asks for all at once; {@code origin} is without a slash at the end. */
    Result from(String origin) throws Exception {
        Vhost vhost = Vhost.builder("client").build();
        try (Context context = Context.builder().vhost(vhost).build().start();
                HttpClient client = client(vhost)) {
            List<CompletableFuture<ClientResponse>> asked = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                asked.add(client.get(origin + "/" + name(i)));
            }
            int right = 0;
            int connections = 0;
            for (int i = 0; i < COUNT; i++) {
                ClientResponse response = asked.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                boolean same = response.status() == 200
                        && response.version() == HttpVersion.HTTP_2
                        && Arrays.equals(content(i), response.body());
                right += same ? 1 : 0;
                connections += response.timings().connection() == HttpTimings.Source.NEW ? 1 : 0;
            }
            return new Result(right, connections);
        }
    }

    /** Speaks HTTP/2 only, and believes every certificate. */
    static HttpClient client(Vhost vhost) {
        return HttpClient.builder(vhost)
                .timeouts(
                        HttpTimeouts.builder().headers(PATIENCE).idle(PATIENCE).build())
                .limits(HttpClientLimits.builder().waitingPerOrigin(2 * COUNT).build())
                .versions(HttpVersions.HTTP_2)
                .tls(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build())
                .build();
    }
}
