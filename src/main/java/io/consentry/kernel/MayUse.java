package io.consentry.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sibling packages that the annotated package may import; a test fails on any other import, on any cycle, and on a name
 * here that nothing uses. The program's entry says so too.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MayUse {

    /** Names of sibling packages, without {@code io.consentry.}; {@code kernel} is always allowed. */
    String[] value();
}
