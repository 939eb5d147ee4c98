/** Tests of the whole program as a process: killed, searched, doubled, and in production mode. Run after packaging. */
@NullMarked
package io.consentry.program;

import org.jspecify.annotations.NullMarked;
