package io.consentry.setting;

import io.smallrye.config.WithDefault;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One setting of the service.
 *
 * @param mapping the interface with {@code @ConfigMapping} that it comes from
 * @param name as in a file of properties; {@code <name>} where the operator's own word stands
 */
record Setting(Class<?> mapping, String name, Method method) {

    static final String OWN_WORD = "<name>";

    /** As an environment variable. */
    String variable() {
        return Arrays.stream(name.split("(?=<)|(?<=>)", -1))
                .map(part -> part.equals(OWN_WORD)
                        ? "<NAME>"
                        : part.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .reduce("", String::concat);
    }

    /** What it holds, within the {@code Optional} that says that it may be absent. */
    Class<?> type() {
        return method.getGenericReturnType() instanceof ParameterizedType optional
                        && method.getReturnType() == Optional.class
                        && optional.getActualTypeArguments()[0] instanceof Class<?> within
                ? within
                : method.getReturnType();
    }

    Optional<String> byDefault() {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
    }

    <A extends Annotation> Optional<A> bound(Class<A> kind) {
        return Optional.ofNullable(method.getAnnotation(kind));
    }
}
