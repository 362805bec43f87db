/**
 * Micro-benchmarks of what the core offers publicly. Those of package-private codecs sit in the codecs' own packages of
 * this module, which is only ever used on a class path.
 */
@NullMarked
package io.lws.bench.micro;

import org.jspecify.annotations.NullMarked;
