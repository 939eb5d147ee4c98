/** A model of a consent's life, and random histories that hold the running service against it. */
@NullMarked
package io.consentry.life;

import org.jspecify.annotations.NullMarked;
