package io.consentry.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The texts that code has between quotes, as the compiler reads them, and the tables that these name.
 *
 * @param files by the folder that they lie in
 */
record SqlInCode(Map<Path, List<CompilationUnitTree>> files) {

    private static final Pattern STATEMENT = Pattern.compile("\\b(select|insert into|update|delete from|with|from)\\b");

    /** All below a folder, read at once. */
    static SqlInCode below(Path sources) {
        return new SqlInCode(parsed(sources).stream()
                .collect(Collectors.groupingBy(file -> path(file).getParent())));
    }

    /** A table of some other package that a file of this one's names, in words. */
    List<String> naming(Path folder, Set<String> tables) {
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree file : files.getOrDefault(folder.toAbsolutePath(), List.of())) {
            Set<String> named = new TreeSet<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    if (literal.getValue() instanceof String text && isStatement(text)) {
                        tables.stream().filter(table -> names(text, table)).forEach(named::add);
                    }
                    return null;
                }
            }.scan(file, null);
            String name = path(file).getFileName().toString();
            named.forEach(table -> found.add(name + " names " + table));
        }
        return found;
    }

    /** Whether a text that looks like a statement has a table's name where a table stands. */
    static boolean names(String text, String table) {
        return isStatement(text)
                && text.contains(table)
                && Pattern.compile("\\b(from|join|into|update|only|using|table)\\s+([\\w ]+,\\s*)*" + table + "\\b")
                        .matcher(text)
                        .find();
    }

    private static boolean isStatement(String text) {
        return STATEMENT.matcher(text).find();
    }

    private static Path path(CompilationUnitTree file) {
        return Path.of(file.getSourceFile().toUri());
    }

    private static List<CompilationUnitTree> parsed(Path sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            Iterable<? extends JavaFileObject> java = files.getJavaFileObjectsFromPaths(
                    found.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList()));
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, java);
            List<CompilationUnitTree> trees = new ArrayList<>();
            task.parse().forEach(trees::add);
            return trees;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
