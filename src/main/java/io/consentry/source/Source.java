package io.consentry.source;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The adapter of one government source: what it holds, how its answers are laid out, and how to ask it.
 *
 * <p>An adapter only asks and describes. Deadline, breaker, size limit, identity check, minimisation and the mapping to
 * Myinfo's shape are the same for all, in {@link Enquiry} and {@link Reply}.
 */
interface Source {

    SourceId id();

    /** The name in settings, metrics and the log, for example {@code hdb}. */
    String name();

    /**
     * Myinfo's {@code source} of what this source holds: {@code 1} government-verified, {@code 4} verified by
     * Singpass.
     */
    default String provenance() {
        return "1";
    }

    Layout layout();

    List<Item> items();

    /** The datum, if it holds one, that is the person's own number, and so says whom the record is about as the frame does. */
    default Optional<String> personsNumber() {
        return Optional.empty();
    }

    /**
     * Sends one request that names the person in its body and asks for exactly these members, and returns the answer's
     * body unread. The caller closes it.
     */
    InputStream ask(NationalId person, Set<String> members);
}
