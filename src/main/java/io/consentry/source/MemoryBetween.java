package io.consentry.source;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Bounds of a size, in kilobytes: Bean Validation itself knows numbers and lengths of time. */
@Target(METHOD)
@Retention(RUNTIME)
@Constraint(validatedBy = MemoryBetween.Check.class)
@interface MemoryBetween {

    int leastKilobytes();

    int mostKilobytes();

    String message() default "must be from {leastKilobytes}K to {mostKilobytes}K";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Judges a size by its bytes. */
    final class Check implements ConstraintValidator<MemoryBetween, MemorySize> {

        private static final long KILOBYTE = 1024;

        private long least;
        private long most;

        @Override
        public void initialize(MemoryBetween bounds) {
            least = bounds.leastKilobytes() * KILOBYTE;
            most = bounds.mostKilobytes() * KILOBYTE;
        }

        @Override
        public boolean isValid(MemorySize size, ConstraintValidatorContext context) {
            return size.asLongValue() >= least && size.asLongValue() <= most;
        }
    }
}
