package io.consentry.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tables of the annotated package: its migration creates them, and no other package's SQL names them. What others need of them
 * they ask at the package's door, or within statements of their own by a function that its migration offers. A test holds this.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Owns {

    /** Names of tables. */
    String[] value();
}
