package io.consentry.key;

import jakarta.persistence.Column;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/** What seals cover, of all tables with sealed rows, as the classes of their rows declare it. */
public final class SealedTables {

    private SealedTables() {}

    /** By table and by column: {@code yes}, or why not. */
    public static Map<String, Map<String, String>> read(EntityManagerFactory entities) {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        entities.getMetamodel().getEntities().stream()
                .map(EntityType::getJavaType)
                .filter(SealedRow.class::isAssignableFrom)
                .forEach(row -> {
                    SealedColumns sealed = SealedColumns.of(row.asSubclass(SealedRow.class));
                    tables.put(sealed.table(), marks(sealed, row));
                });
        return tables;
    }

    private static Map<String, String> marks(SealedColumns sealed, Class<?> row) {
        Map<String, String> marks = new TreeMap<>();
        marks.put("seal", "the seal itself");
        sealed.columns().forEach(column -> marks.put(column.name(), "yes"));
        for (Field field : row.getDeclaredFields()) {
            Unsealed unsealed = field.getAnnotation(Unsealed.class);
            if (unsealed != null) {
                String name = field.getAnnotation(Column.class).name();
                marks.put(name.isEmpty() ? field.getName() : name, "no: " + unsealed.value());
            }
        }
        return marks;
    }
}
