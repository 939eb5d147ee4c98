package io.consentry.publication;

import static io.consentry.schema.LogPublishedTable.LOG_PUBLISHED;
import static io.consentry.schema.Routines.logIsPublished;

import io.consentry.kernel.LogNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jooq.DSLContext;

/** How much of each log was published, as the database knows it: the same as the store, or less. */
@ApplicationScoped
class PublishedSizes {

    private final DSLContext sql;

    PublishedSizes(DSLContext sql) {
        this.sql = sql;
    }

    @Transactional
    long size(LogNumber log) {
        return sql.select(LOG_PUBLISHED.SIZE)
                .from(LOG_PUBLISHED)
                .where(LOG_PUBLISHED.LOG.eq(log.column()))
                .fetchOptional(LOG_PUBLISHED.SIZE)
                .orElse(0L);
    }

    /** Never goes back. */
    @Transactional
    void note(LogNumber log, long size) {
        logIsPublished(sql.configuration(), log.value(), size);
    }
}
