package io.consentry.wording;

/**
 * For what, how long and how often a client may fetch, and what it may do with it afterwards, in words.
 *
 * @param unusual whether it may fetch unusually often
 * @param periodic whether it may fetch again and again while the person is away
 * @param reminder how often the person is reminded of that; empty when not
 */
public record Promise(
        String purpose,
        String access,
        String often,
        boolean unusual,
        boolean periodic,
        String reminder,
        String howFar,
        String storage,
        String deletion) {}
