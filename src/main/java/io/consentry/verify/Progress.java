package io.consentry.verify;

/** Is told how far a check is. */
interface Progress extends AutoCloseable {

    Progress NONE = (done, all) -> {};

    void at(long done, long all);

    @Override
    default void close() {}
}
