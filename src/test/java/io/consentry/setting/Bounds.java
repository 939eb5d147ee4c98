package io.consentry.setting;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The least and the most that a setting may be, and what lies just beyond, as one would write them. */
record Bounds(String least, String most, String below, String above) {

    static Optional<Bounds> of(Setting setting) {
        return durations(setting)
                .or(() -> numbers(setting))
                .or(() -> shares(setting))
                .or(() -> sizes(setting));
    }

    private static Optional<Bounds> durations(Setting setting) {
        return setting.bound(DurationMin.class)
                .flatMap(least -> setting.bound(DurationMax.class).map(most -> durations(length(least), length(most))));
    }

    private static Bounds durations(Duration least, Duration most) {
        return new Bounds(
                written(least),
                written(most),
                least.minusMillis(1).toString(),
                most.plusMillis(1).toString());
    }

    /** Days as days, which {@link Duration} itself writes as hours. */
    private static String written(Duration length) {
        return length.toDays() > 1 && length.equals(Duration.ofDays(length.toDays()))
                ? "P" + length.toDays() + "D"
                : length.toString();
    }

    private static Duration length(DurationMin bound) {
        return Duration.ofDays(bound.days())
                .plusHours(bound.hours())
                .plusMinutes(bound.minutes())
                .plusSeconds(bound.seconds())
                .plusMillis(bound.millis());
    }

    private static Duration length(DurationMax bound) {
        return Duration.ofDays(bound.days())
                .plusHours(bound.hours())
                .plusMinutes(bound.minutes())
                .plusSeconds(bound.seconds())
                .plusMillis(bound.millis());
    }

    private static Optional<Bounds> numbers(Setting setting) {
        return setting.bound(Min.class)
                .flatMap(least -> setting.bound(Max.class)
                        .map(most -> new Bounds(
                                "" + least.value(),
                                "" + most.value(),
                                "" + (least.value() - 1),
                                "" + (most.value() + 1))));
    }

    private static Optional<Bounds> shares(Setting setting) {
        return setting.bound(DecimalMin.class)
                .flatMap(least -> setting.bound(DecimalMax.class)
                        .map(most -> new Bounds(
                                least.value(), most.value(), beside(least.value(), -1), beside(most.value(), 1))));
    }

    private static String beside(String value, int side) {
        return new BigDecimal(value)
                .add(new BigDecimal("0.001").multiply(BigDecimal.valueOf(side)))
                .toString();
    }

    /** The constraint is its package's own. */
    private static Optional<Bounds> sizes(Setting setting) {
        return Arrays.stream(setting.method().getAnnotations())
                .filter(each -> each.annotationType().getSimpleName().equals("MemoryBetween"))
                .findFirst()
                .map(bound -> {
                    int least = member(bound, "leastKilobytes");
                    int most = member(bound, "mostKilobytes");
                    return new Bounds(least + "K", most + "K", "" + (least * 1024L - 1), "" + (most * 1024L + 1));
                });
    }

    private static int member(Annotation bound, String name) {
        try {
            Method member = bound.annotationType().getDeclaredMethod(name);
            member.setAccessible(true);
            return (int) member.invoke(bound);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
