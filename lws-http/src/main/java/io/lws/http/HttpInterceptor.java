package io.lws.http;

/**
 * A protocol that stands before other mounts, such as a page that wants a login: see {@link Mount#interceptedBy}. Any
 * loop's thread; must not block.
 */
public interface HttpInterceptor {
    /** Whether a request for {@code mount} may go on; if not, this protocol gets it instead. */
    boolean maySee(HttpRequest request, Mount mount);
}
