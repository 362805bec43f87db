package io.lws.lwsws;

import java.nio.file.Path;

/** A place in a configuration file; line and column count from 1, line 0 stands for the file as a whole. */
record Location(Path file, int line, int column) {
    static Location of(Path file) {
        return new Location(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line + ":" + column;
    }
}
