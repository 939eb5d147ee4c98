package io.consentry.authorization;

import io.consentry.kernel.AttributeName;
import java.time.Instant;
import java.util.SortedSet;

/**
 * What an amendment would change of a grant, for the page to show first.
 *
 * @param added asked for now and not granted so far
 * @param removed granted so far and not asked for any more
 * @param kept granted so far and asked for again: what the person had selected
 * @param previousExpiry when access ends if they refuse
 * @param newExpiry when it ends if they approve now
 * @param paused whether the person has paused the grant, which no change ends
 */
public record AmendmentView(
        SortedSet<AttributeName> added,
        SortedSet<AttributeName> removed,
        SortedSet<AttributeName> kept,
        Instant previousExpiry,
        Instant newExpiry,
        boolean paused) {}
