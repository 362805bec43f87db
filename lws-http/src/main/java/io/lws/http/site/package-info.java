/**
 * What stands between a request and the protocol of its mount: who may pass, names and log of requests, compression.
 * Version-neutral; one object a loop and route, one more a request where any of it is asked for. Each on its loop.
 */
@NullMarked
package io.lws.http.site;

import org.jspecify.annotations.NullMarked;
