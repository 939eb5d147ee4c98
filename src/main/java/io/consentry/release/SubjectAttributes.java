package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.GrantId;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a person that a login client gets in the ID token ({@code sub_attributes}, Singpass). They are a release
 * like any other: fetched when they are asked for, and recorded before the token that holds them leaves.
 */
public interface SubjectAttributes {

    /** Fetches what was granted, outside any transaction; records nothing. Empty when the consent is not in force. */
    Optional<Prepared> prepare(GrantId grant, RegisteredClient client);

    /** Facts that were fetched and not yet recorded. Does not print. */
    interface Prepared {

        /** The value of {@code sub_attributes}. */
        Map<String, Object> claims();

        /** In the caller's transaction: locks the grant, and records the release if the consent is still the same. */
        Recorded record();

        /** After that transaction has committed, right before the answer; throws {@code release_aborted} when it comes too late. */
        void begin();
    }

    /** What was found under the grant's lock. */
    enum Recorded {
        RECORDED,
        /** In force, but another version than the facts were fetched for. */
        CHANGED,
        /** No longer in force. */
        ENDED,
        /** Its limit for this period is reached. */
        TOO_OFTEN
    }
}
