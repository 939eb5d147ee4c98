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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** The texts that a package's code has between quotes, as the compiler reads them, and the tables that these name. */
record SqlInCode(Path sources) {

    private static final Pattern STATEMENT = Pattern.compile("\\b(select|insert into|update|delete from|with|from)\\b");

    /** A table of some other package that a file names, in words. */
    List<String> naming(Set<String> tables) {
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree file : parsed()) {
            Set<String> named = new TreeSet<>();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    if (literal.getValue() instanceof String text) {
                        tables.stream().filter(table -> names(text, table)).forEach(named::add);
                    }
                    return null;
                }
            }.scan(file, null);
            String name = Path.of(file.getSourceFile().toUri()).getFileName().toString();
            named.forEach(table -> found.add(name + " names " + table));
        }
        return found;
    }

    /** Whether a text that looks like a statement has a table's name where a table stands. */
    static boolean names(String text, String table) {
        return STATEMENT.matcher(text).find()
                && Pattern.compile("\\b(from|join|into|update|only|using|table)\\s+([\\w ]+,\\s*)*" + table + "\\b")
                        .matcher(text)
                        .find();
    }

    private List<CompilationUnitTree> parsed() {
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
