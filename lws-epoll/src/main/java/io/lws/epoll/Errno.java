package io.lws.epoll;

import java.io.IOException;

/** Error numbers of Linux as this module meets them, and words for them. */
final class Errno {
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EPERM = 1;
    static final int EIO = 5;
    static final int EPIPE = 32;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int ENFILE = 23;
    static final int ETIME = 62;
    static final int ECONNABORTED = 103;
    static final int ENOBUFS = 105;
    static final int ECANCELED = 125;

    private Errno() {}

    static IOException failure(String what, int errno) {
        return new IOException(what + ": " + words(errno));
    }

    static String words(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted";
            case EBADF -> "Bad file descriptor";
            case EACCES -> "Permission denied";
            case ENFILE, EMFILE -> "Too many open files";
            case EINVAL -> "Invalid argument";
            case EPIPE -> "Broken pipe";
            case EIO -> "Input/output error";
            case 88 -> "Not a socket";
            case 98 -> "Address already in use";
            case ECONNABORTED -> "Connection aborted";
            case 104 -> "Connection reset";
            case 107 -> "Not connected";
            case 110 -> "Connection timed out";
            case 111 -> "Connection refused";
            default -> "error " + errno;
        };
    }
}
