/** Example: a ws client that sends back what it is sent. Everything runs on the loop. */
@NullMarked
package io.lws.examples.ws.client.echo;

import org.jspecify.annotations.NullMarked;
