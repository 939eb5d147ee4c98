package io.consentry.publication;

import io.consentry.database.StartRefusal;
import io.consentry.tlog.InconsistentTreeException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What a store must do for two nodes never to publish two histories; tried at every start, under names that nothing else uses. */
final class StoreRules {

    private StoreRules() {}

    /** Throws {@link StartRefusal} with what the store does not do. */
    static void check(LogStore store) {
        String folder = ".conformance/" + UUID.randomUUID();
        byte[] one = bytes("one");
        byte[] other = bytes("other");
        try {
            store.create(folder + "/immutable", one);
            store.create(folder + "/immutable", one);
            require(refuses(store, folder + "/immutable", other), "puts over what is there");
            require(holds(store, folder + "/immutable", one), "does not give back what was put");
            require(store.swap(folder + "/head", Optional.empty(), one), "does not put where nothing is");
            require(!store.swap(folder + "/head", Optional.empty(), other), "swaps what is there as if nothing were");
            require(!store.swap(folder + "/head", Optional.of(other), other), "swaps what is not what was expected");
            require(store.swap(folder + "/head", Optional.of(one), other), "does not swap");
            require(holds(store, folder + "/head", other), "does not give back what was swapped");
        } catch (StoreUnavailableException e) {
            throw new StartRefusal(e.getMessage() + ". CONSENTRY_LEDGER_STORE says where it is.", e);
        } finally {
            remove(store, folder);
        }
    }

    private static void remove(LogStore store, String folder) {
        try {
            store.removeBelow(folder);
        } catch (StoreUnavailableException e) {
            // Then it cannot be used at all, which is said already; what was tried hurts nobody.
        }
    }

    private static boolean refuses(LogStore store, String name, byte[] content) {
        try {
            store.create(name, content);
            return false;
        } catch (InconsistentTreeException e) {
            return true;
        }
    }

    private static boolean holds(LogStore store, String name, byte[] content) {
        return store.read(name)
                .filter(found -> java.util.Arrays.equals(found, content))
                .isPresent();
    }

    private static void require(boolean isSo, String what) {
        if (!isSo) {
            throw new StartRefusal("The ledger's store cannot keep two nodes apart: it " + what
                    + ". CONSENTRY_LEDGER_STORE must name one that puts only where nothing is.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
