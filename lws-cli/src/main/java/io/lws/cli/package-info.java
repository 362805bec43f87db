/** The command line every example and server main shares. Used by main methods before anything runs. */
@NullMarked
package io.lws.cli;

import org.jspecify.annotations.NullMarked;
