package io.lws.plugins.mirror;

import org.jspecify.annotations.Nullable;

/** What a session brings: the room it asked for, and its place there once it has one. Belongs to the session's loop. */
final class Seat {
    String roomName = "";

    @Nullable
    Reader reader;
}
