package io.consentry.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting there is, as the interfaces with {@code @ConfigMapping} declare them. */
final class SettingsList {

    static final Path SOURCES = Path.of("src/main/java");

    private SettingsList() {}

    /** The interfaces, the one of the service as a whole first. */
    static List<Class<?>> mappings() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith("Settings.java"))
                    .map(SettingsList::load)
                    .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                    .sorted(Comparator.comparing(SettingsList::prefix))
                    .<Class<?>>map(type -> type)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Setting> all() {
        return mappings().stream().flatMap(SettingsList::of);
    }

    static Stream<Setting> of(Class<?> mapping) {
        return within(mapping, prefix(mapping), mapping);
    }

    static String prefix(Class<?> mapping) {
        return mapping.getAnnotation(ConfigMapping.class).prefix();
    }

    private static Stream<Setting> within(Class<?> mapping, String prefix, Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .filter(method -> !method.isDefault() || method.isAnnotationPresent(WithDefault.class))
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> of(mapping, named(prefix, method), method));
    }

    private static Stream<Setting> of(Class<?> mapping, String name, Method method) {
        Class<?> type = method.getReturnType();
        if (type == Map.class
                && method.getGenericReturnType() instanceof ParameterizedType map
                && map.getActualTypeArguments()[1] instanceof Class<?> each) {
            return within(mapping, name + "." + Setting.OWN_WORD, each);
        }
        return type.isInterface() && type.getName().startsWith("io.consentry")
                ? within(mapping, name, type)
                : Stream.of(new Setting(mapping, name, method));
    }

    private static String named(String prefix, Method method) {
        return method.isAnnotationPresent(WithParentName.class)
                ? prefix
                : prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Class<?> load(Path file) {
        String name = SOURCES.relativize(file).toString().replace('/', '.').replaceAll("\\.java$", "");
        try {
            return Class.forName(name, false, SettingsList.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
