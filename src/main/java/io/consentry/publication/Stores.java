package io.consentry.publication;

import io.consentry.kernel.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The store that the settings name. */
@Singleton
class Stores {

    @Produces
    @Singleton
    LogStore store(Settings settings) {
        return new FolderStore(settings.ledger().store().orElse(settings.data().resolve("ledger")));
    }
}
