package io.lws.examples.ws.client.spam;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;

/** Opens so many ws connections one after another, ten at a time; on each it says something and hears something. */
public final class MinimalWsClientSpam {
    private static final int AT_ONCE = 10;

    private MinimalWsClientSpam() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-spam", args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            new Spam(vhost, options.uri("ws"), options.count(), context::close).begin(AT_ONCE);
            context.run();
        }
    }
}
