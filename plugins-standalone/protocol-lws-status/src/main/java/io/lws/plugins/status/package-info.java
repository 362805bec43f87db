/** Who is connected, told to all who are. The list is shared by all loops. */
@NullMarked
package io.lws.plugins.status;

import org.jspecify.annotations.NullMarked;
