/**
 * The tables, functions and sequences of the database as jOOQ generates them from the migrations, for statements that the compiler
 * checks. Nothing here is written by hand; {@code GeneratedTablesTest} holds it to the database and writes it anew. Who may use
 * which table is said by {@link io.consentry.kernel.Owns}; functions are doors, for everybody.
 */
@NullMarked
@MayUse({})
package io.consentry.schema;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
