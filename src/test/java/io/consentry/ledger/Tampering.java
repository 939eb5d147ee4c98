package io.consentry.ledger;

import io.consentry.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The hand of somebody with every right in the database; closing it puts the last entries back as they were. */
final class Tampering implements AutoCloseable {

    private final Connection superuser;
    private final Statement statement;
    private final long last;

    private Tampering(Connection superuser) throws SQLException {
        this.superuser = superuser;
        this.statement = superuser.createStatement();
        statement.execute("set session_replication_role = replica");
        statement.execute("drop schema if exists undo cascade");
        try (ResultSet row = statement.executeQuery("select max(commitment_id) from ledger_entry")) {
            row.next();
            this.last = row.getLong(1);
        }
        statement.execute("create schema undo");
        statement.execute("create table undo.tree as table ledger_tree");
        copy("ledger_commitment", "id");
        copy("ledger_event", "commitment_id");
        copy("ledger_entry", "commitment_id");
        statement.execute("create table undo.person as table ledger_person");
    }

    static Tampering withEveryTriggerOff() throws SQLException {
        return new Tampering(TestDatabase.asSuperuser());
    }

    /** Runs a statement in which {@code LAST} is the newest commitment that has an index. */
    void run(String sql) throws SQLException {
        statement.execute(sql.replace("LAST", Long.toString(last)));
    }

    @Override
    public void close() throws SQLException {
        try (superuser) {
            run("delete from ledger_staged where commitment_id = LAST");
            run("delete from ledger_event where commitment_id < 0");
            run("delete from ledger_entry where commitment_id < 0");
            run("alter table ledger_event drop constraint if exists ledger_event_person_number");
            restore("ledger_event", "commitment_id");
            restore("ledger_entry", "commitment_id");
            restore("ledger_commitment", "id");
            run("delete from ledger_person");
            run("insert into ledger_person select * from undo.person");
            run("delete from ledger_tree");
            run("insert into ledger_tree select * from undo.tree");
            run(
                    "alter table ledger_event add constraint ledger_event_person_number unique (person_id, log, person_number)");
            run("drop schema undo cascade");
        }
    }

    private void copy(String table, String id) throws SQLException {
        run("create table undo." + table + " as select * from " + table + " where " + id + " >= LAST - 1");
    }

    private void restore(String table, String id) throws SQLException {
        run("delete from " + table + " where " + id + " >= LAST - 1 and " + id + " <= LAST");
        String overriding = table.equals("ledger_commitment") ? " overriding system value" : "";
        run("insert into " + table + overriding + " select * from undo." + table + " where " + id + " <= LAST");
    }
}
