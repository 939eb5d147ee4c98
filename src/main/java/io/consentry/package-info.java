/** The program's entry; each package below is one capability. */
@NullMarked
package io.consentry;

import org.jspecify.annotations.NullMarked;
