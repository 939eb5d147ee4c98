package io.consentry.key;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column of a {@link SealedRow} that its seal does not cover. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Unsealed {

    /** Why whoever changes it opens nothing. */
    String value();
}
