/** What a vhost does with every request. Everything runs on the loops of the context. */
@NullMarked
package io.lws.examples.http.site;

import org.jspecify.annotations.NullMarked;
