package io.lws.http.form;

import io.lws.ProtocolException;
import io.lws.http.HttpStatus;
import java.nio.ByteBuffer;

/** Hands on what parsers find, within the limits. */
final class FormEvents {
    private final FormLimits limits;
    private final FormHandler handler;
    private int count;
    private long fileBytes;

    FormEvents(FormLimits limits, FormHandler handler) {
        this.limits = limits;
        this.handler = handler;
    }

    /** One more of them begins. */
    void countOne() {
        if (++count > limits.fields()) {
            throw tooLarge("a form holds more than " + limits.fields() + " fields");
        }
    }

    void field(String name, String value) {
        handler.onField(name, value);
    }

    void fileStart(FormFile file) {
        fileBytes = 0;
        handler.onFileStart(file);
    }

    void fileContent(FormFile file, ByteBuffer content) {
        fileBytes += content.remaining();
        if (fileBytes > limits.fileBytes()) {
            throw tooLarge("a file is longer than " + limits.fileBytes() + " bytes");
        }
        handler.onFileContent(file, content);
    }

    void fileEnd(FormFile file) {
        handler.onFileEnd(file);
    }

    void end() {
        handler.onFormEnd();
    }

    static ProtocolException tooLarge(String why) {
        return new ProtocolException(HttpStatus.CONTENT_TOO_LARGE, why);
    }

    static ProtocolException malformed(String why) {
        return new ProtocolException(HttpStatus.BAD_REQUEST, why);
    }
}
