package io.lws.http.form;

import java.nio.ByteBuffer;

/** Takes one kind of form apart. */
interface FormParser {
    void feed(ByteBuffer in);

    void end();
}
