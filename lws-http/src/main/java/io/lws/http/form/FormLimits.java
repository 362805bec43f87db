package io.lws.http.form;

import io.lws.VhostOption;

/**
 * What a form may hold. How long it may be in all is {@code HttpLimits.bodyBytes}, or the mount's. Immutable; {@link
 * #DEFAULT} is safe on the open internet.
 *
 * @param fields most fields and files; more is 413
 * @param nameBytes longest name of a field or file; more is 413
 * @param fieldBytes longest value of a field, which is kept in memory until it is whole; more is 413
 * @param fileBytes longest file; more is 413
 * @param partHeaderBytes longest header of a part of a multipart form; more is 413
 */
public record FormLimits(int fields, int nameBytes, int fieldBytes, long fileBytes, int partHeaderBytes)
        implements VhostOption {
    public static final FormLimits DEFAULT = new Builder().build();

    public FormLimits {
        if (fields < 1 || nameBytes < 1 || fieldBytes < 1 || fileBytes < 0 || partHeaderBytes < 64) {
            throw new IllegalArgumentException("limits must be positive: " + fields + ", " + nameBytes + ", "
                    + fieldBytes + ", " + fileBytes + ", " + partHeaderBytes);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Begins with the defaults. Not thread-safe. */
    public static final class Builder {
        private int fields = 1000;
        private int nameBytes = 256;
        private int fieldBytes = 64 << 10;
        private long fileBytes = 16 << 20;
        private int partHeaderBytes = 4096;

        private Builder() {}

        public Builder fields(int count) {
            fields = count;
            return this;
        }

        public Builder nameBytes(int bytes) {
            nameBytes = bytes;
            return this;
        }

        public Builder fieldBytes(int bytes) {
            fieldBytes = bytes;
            return this;
        }

        public Builder fileBytes(long bytes) {
            fileBytes = bytes;
            return this;
        }

        public Builder partHeaderBytes(int bytes) {
            partHeaderBytes = bytes;
            return this;
        }

        public FormLimits build() {
            return new FormLimits(fields, nameBytes, fieldBytes, fileBytes, partHeaderBytes);
        }
    }
}
