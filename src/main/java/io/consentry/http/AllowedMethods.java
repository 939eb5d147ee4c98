package io.consentry.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which methods the resources take at a path: what the framework knows when it answers 405, and does not say. */
@ApplicationScoped
class AllowedMethods {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private final List<Template> templates;

    AllowedMethods(BeanManager beans) {
        Map<String, SortedSet<String>> methods = new TreeMap<>();
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class) && !type.isInterface())
                .distinct()
                .forEach(type -> collect(type, methods));
        templates = methods.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().contains("{")))
                .map(entry -> new Template(pattern(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** A path with its methods. */
    private record Template(Pattern pattern, SortedSet<String> methods) {}

    /** The value of {@code Allow} (RFC 9110 §10.2.1); empty when no resource is there. */
    Optional<String> at(String path) {
        return templates.stream()
                .filter(template -> template.pattern().matcher(path).matches())
                .findFirst()
                .map(template -> String.join(", ", template.methods()));
    }

    private static void collect(Class<?> type, Map<String, SortedSet<String>> methods) {
        String root = type.getAnnotation(Path.class).value();
        for (Method method : type.getMethods()) {
            Arrays.stream(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(found -> found != null)
                    .forEach(found -> methods.computeIfAbsent(join(root, method), none -> new TreeSet<>())
                            .add(found.value()));
        }
    }

    private static String join(String root, Method method) {
        Path own = method.getAnnotation(Path.class);
        return "/"
                + Stream.of(root, own == null ? "" : own.value())
                        .flatMap(part -> Arrays.stream(part.split("/", -1)))
                        .filter(step -> !step.isEmpty())
                        .collect(Collectors.joining("/"));
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                Arrays.stream(PARAMETER.split(template, -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
    }
}
