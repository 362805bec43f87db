package io.lws.http.form;

import java.nio.ByteBuffer;

/** Gets what a form holds, in the order sent. What it throws ends the reading. */
public interface FormHandler {
    /** A field, whole. */
    default void onField(String name, String value) {}

    /** A file begins; its content follows before anything else. */
    default void onFileStart(FormFile file) {}

    /** Some of its content; lent, and read whole or not at all. */
    default void onFileContent(FormFile file, ByteBuffer content) {}

    default void onFileEnd(FormFile file) {}

    /** That was all of it. */
    default void onFormEnd() {}
}
