package io.consentry.ledger;

import java.util.UUID;

/**
 * How far an event took a sealed row that keeps its grant's version: a use of a consent, a step of an amendment. A row that is
 * behind the ledger's last step was put back, seal and all.
 *
 * @param row the id of the row
 * @param number grows with every step of that row
 */
public record RowStep(UUID row, long number) {}
