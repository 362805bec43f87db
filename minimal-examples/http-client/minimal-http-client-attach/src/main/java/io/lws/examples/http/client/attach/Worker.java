package io.lws.examples.http.client.attach;

import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks twice, and waits for each answer as if the client were blocking. */
final class Worker implements Runnable {
    private final EventLoop loop;
    private final HttpClient client;
    private final String url;

    Worker(EventLoop loop, HttpClient client, String url) {
        this.loop = loop;
        this.client = client;
        this.url = url;
    }

    @Override
    public void run() {
        for (int i = 0; i < 2; i++) {
            try {
                ClientResponse response = ask().join();
                System.out.println("waited for on " + name() + ": " + response.status() + ", " + response.body().length
                        + " bytes");
            } catch (CompletionException e) {
                System.out.println("failed: " + e.getMessage());
            }
        }
    }

    /** On the loop, so that what is to be done with the answer is known there before it can come. */
    private CompletableFuture<ClientResponse> ask() {
        return CompletableFuture.completedFuture(url)
                .thenComposeAsync(asked -> client.get(asked).thenApply(Worker::told), loop::execute);
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
