/** Raw TCP chat: a vhost whose connections are bytes and nothing else. Runs on the loops of the context. */
@NullMarked
package io.lws.examples.raw.vhost;

import org.jspecify.annotations.NullMarked;
