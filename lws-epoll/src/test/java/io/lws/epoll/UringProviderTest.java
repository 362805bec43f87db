package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.loop.Poller;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class UringProviderTest {
    @Test
    void opensWhatTheKernelAllows() throws IOException {
        UringProvider provider = new UringProvider();
        try (Poller poller = provider.open()) {
            assertEquals(provider.available() ? "uring" : "epoll", poller.name());
        }
    }

    @Test
    void takesNoOptions() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Context.builder().poller("uring:level").build());
    }
}
