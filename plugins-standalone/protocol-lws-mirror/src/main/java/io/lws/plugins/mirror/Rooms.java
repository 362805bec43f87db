package io.lws.plugins.mirror;

import io.lws.ws.WsSession;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** The rooms somebody is in, by name. Any thread; only joining and leaving come here. */
final class Rooms {
    private final ConcurrentHashMap<String, Room> byName = new ConcurrentHashMap<>();
    private final int most;
    private final int ringDepth;
    private final Duration patience;

    Rooms(int most, int ringDepth, Duration patience) {
        require("max-rooms", most, 1);
        require("ring-depth", ringDepth, 2);
        require("laggard-ms", patience.toMillis(), 1);
        this.most = most;
        this.ringDepth = ringDepth;
        this.patience = patience;
    }

    private static void require(String option, long value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "option \"" + option + "\" must be at least " + least + ", not " + value);
        }
    }

    /** Seats {@code ws} in the room it asked for; false when there would be too many. */
    boolean join(WsSession<Seat> ws) {
        Room room = byName.compute(ws.pss().roomName, (name, there) -> {
            Room open =
                    there != null || byName.mappingCount() >= most ? there : new Room(ws.loop(), ringDepth, patience);
            if (open != null) {
                open.occupants++;
            }
            return open;
        });
        if (room != null) {
            Reader reader = new Reader(ws, room);
            ws.pss().reader = reader;
            room.run(() -> room.enter(reader));
        }
        return room != null;
    }

    /** The last one out ends the room and what was drawn there. */
    void leave(Seat seat) {
        Reader reader = seat.reader;
        if (reader != null) {
            reader.room().run(() -> reader.room().leave(reader));
            byName.computeIfPresent(seat.roomName, (name, there) -> --there.occupants == 0 ? null : there);
        }
    }
}
