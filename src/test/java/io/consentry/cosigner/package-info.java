/** The witness that others run. */
@NullMarked
package io.consentry.cosigner;

import org.jspecify.annotations.NullMarked;
