package io.consentry.schema;

import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.meta.Definition;
import org.jooq.meta.RoutineDefinition;
import org.jooq.meta.TableDefinition;

/** Everything in one package; a table's class ends in Table and a function's in Function, so that none is mistaken for what is in it. */
public final class SchemaNames extends DefaultGeneratorStrategy {

    @Override
    public String getJavaPackageName(Definition definition, Mode mode) {
        return getTargetPackage();
    }

    @Override
    public String getJavaClassName(Definition definition, Mode mode) {
        String name = super.getJavaClassName(definition, mode);
        return switch (definition) {
            case TableDefinition table when mode == Mode.DEFAULT -> name + "Table";
            case RoutineDefinition routine when mode == Mode.DEFAULT -> name + "Function";
            default -> name;
        };
    }
}
