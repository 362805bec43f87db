package io.lws.http;

import java.nio.charset.StandardCharsets;

/** The body of an error answer: a few lines of HTML that load nothing and repeat nothing of the request unescaped. */
public final class ErrorPage {
    public static final String CONTENT_TYPE = "text/html;charset=utf-8";

    private ErrorPage() {}

    /** The page for a status; {@code detail} is one sentence for the reader, escaped here, or empty. */
    public static byte[] html(int status, String detail) {
        String title = (status + " " + HttpStatus.reason(status)).strip();
        String page = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title><h1>" + title
                + "</h1>"
                + (detail.isEmpty() ? "" : "<p>" + escape(detail) + "</p>") + "</html>\n";
        return page.getBytes(StandardCharsets.UTF_8);
    }

    /** Text as HTML, safe as content and between either kind of quotes. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
