package io.consentry.requirement;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The requirement that a test proves, by its id in {@code requirements.txt}: {@code @Requirement("RFC9126-2.1")}. On a class
 * it holds for every test in it. May be repeated.
 */
@Repeatable(Requirements.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {

    /** The id. */
    String value();
}
