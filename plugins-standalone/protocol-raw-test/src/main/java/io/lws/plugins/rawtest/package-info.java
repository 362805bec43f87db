/** A plugin to try raw sockets and files with. Sessions live on any loop of the server; the fifo on the first. */
@NullMarked
package io.lws.plugins.rawtest;

import org.jspecify.annotations.NullMarked;
