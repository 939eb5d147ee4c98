package io.consentry.setting;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What settings mean, by the Javadoc of their interfaces: the key is {@code Outer.Inner#method}, or the interface's name. */
final class Meanings {

    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link (?:#)?([^} ]*)}");

    private final Map<String, String> byElement = new HashMap<>();

    private Meanings() {}

    static Meanings of(List<Class<?>> mappings) {
        List<Path> files = mappings.stream()
                .map(type -> SettingsList.SOURCES.resolve(type.getName().replace('.', '/') + ".java"))
                .toList();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            var meanings = new Meanings();
            var scanner = meanings.new Scanner(DocTrees.instance(task));
            for (CompilationUnitTree file : task.parse()) {
                scanner.scan(new TreePath(file), null);
            }
            return meanings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(Class<?> type) {
        return byElement.getOrDefault(key(type), "");
    }

    String of(Setting setting) {
        return byElement.getOrDefault(
                key(setting.method().getDeclaringClass()) + "#"
                        + setting.method().getName(),
                "");
    }

    private static String key(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    /** Javadoc as one line of Markdown. */
    private static String line(String doc) {
        String text = doc.strip().replaceAll("\\s+", " ");
        text = CODE.matcher(text).replaceAll("`$1`");
        text = LINK.matcher(text)
                .replaceAll(
                        link -> "`" + link.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "`");
        return text.replace("|", "\\|");
    }

    private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees docs;
        private String type = "";

        Scanner(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
            String outer = type;
            type = outer.isEmpty() ? tree.getSimpleName().toString() : outer + "." + tree.getSimpleName();
            remember(type);
            super.visitClass(tree, none);
            type = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
            remember(type + "#" + tree.getName());
            return null;
        }

        private void remember(String key) {
            Optional.ofNullable(docs.getDocComment(getCurrentPath())).ifPresent(doc -> byElement.put(key, line(doc)));
        }
    }
}
