package io.consentry.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long the service waits for its database. Each wait is longer than the one before it, so that the server gives up first
 * and says why: {@link #lockWithin}, {@link #statementWithin}, {@link #answerWithin}. An operator's command waits as long as
 * it takes, and so do migrations, which have a connection of their own.
 */
@ConfigMapping(prefix = "consentry.database")
interface DatabaseSettings {

    /** How long a connection may take to be opened; whole seconds. */
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 1)
    @WithDefault("PT2S")
    Duration connectWithin();

    /** How long a statement may wait for others' locks (PostgreSQL's {@code lock_timeout}). */
    @DurationMin(millis = 1)
    @DurationMax(minutes = 5)
    @WithDefault("PT4S")
    Duration lockWithin();

    /** How long a statement may take in all ({@code statement_timeout}). */
    @DurationMin(millis = 1)
    @DurationMax(minutes = 5)
    @WithDefault("PT6S")
    Duration statementWithin();

    /**
     * How long to wait for the server's answer before its connection counts as cut, and is closed; whole seconds. The server
     * waits for ours as long ({@code tcp_user_timeout}).
     */
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    @WithDefault("PT8S")
    Duration answerWithin();

    /** How long a transaction may do nothing before the server ends it ({@code idle_in_transaction_session_timeout}). */
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    @WithDefault("PT10S")
    Duration idleWithin();

    /**
     * Whether a pooler that hands out a server's session by the transaction (pgbouncer) stands before the database. Then
     * nothing is said of a session that would outlast its transaction: no statement is prepared under a name, and the time
     * limits above, but for {@link #connectWithin} and {@link #answerWithin}, have to be set on the service's role.
     */
    @WithDefault("false")
    boolean behindPooler();
}
