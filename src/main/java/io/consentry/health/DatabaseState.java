package io.consentry.health;

/** How the database was found at the last look. */
sealed interface DatabaseState {

    /** It answers through the pool. */
    record Answers() implements DatabaseState {}

    /** It answers, and the pool gave no connection: all are in use, or the pool has just lost them. */
    record Crowded() implements DatabaseState {}

    /** It answers, and the pool has not given a connection at several looks in a row: a fault of this node. */
    record PoolBroken() implements DatabaseState {}

    /** It does not answer, whoever asks. From here that cannot be told from a network that is cut for this node alone. */
    record Away() implements DatabaseState {}
}
