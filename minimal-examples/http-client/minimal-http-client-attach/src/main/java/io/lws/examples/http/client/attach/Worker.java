package io.lws.examples.http.client.attach;

import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import java.util.concurrent.CompletionException;

/** Asks twice, and waits for each answer as if the client were blocking. */
final class Worker implements Runnable {
    private final HttpClient client;
    private final String url;

    Worker(HttpClient client, String url) {
        this.client = client;
        this.url = url;
    }

    @Override
    public void run() {
        for (int i = 0; i < 2; i++) {
            try {
                ClientResponse response =
                        client.get(url).thenApply(Worker::told).join();
                System.out.println("waited for on " + name() + ": " + response.status() + ", " + response.body().length
                        + " bytes");
            } catch (CompletionException e) {
                System.out.println("failed: " + e.getMessage());
            }
        }
    }

    private static ClientResponse told(ClientResponse response) {
        System.out.println(
                "came on " + name() + ", connection " + response.timings().connection());
        return response;
    }

    private static String name() {
        return Thread.currentThread().getName();
    }
}
