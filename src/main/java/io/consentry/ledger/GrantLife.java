package io.consentry.ledger;

import java.util.Optional;

/** Follows one grant's events in the order in which they were recorded, and notices one that could not have happened. */
sealed interface GrantLife {

    GrantLife NONE = new At(Stage.NONE, 0, 0);

    GrantLife then(LedgerEvent next);

    Optional<String> problem();

    enum Stage {
        NONE,
        REQUESTED,
        PRESENTED,
        ACTIVE,
        PAUSED,
        ENDED;

        boolean stands() {
            return this == ACTIVE || this == PAUSED;
        }

        boolean wasGiven() {
            return stands() || this == ENDED;
        }
    }

    /** So far a possible life, with the highest version that an edge has had, and how often it was used. */
    record At(Stage stage, int version, long uses) implements GrantLife {

        @Override
        public GrantLife then(LedgerEvent next) {
            if (!follows(next.kind())) {
                return new Impossible(next.kind().wire() + " after " + stage);
            }
            Stage after = after(next.kind());
            boolean edge = after != stage || next.kind() == EventKind.AMENDED;
            if (edge && next.version() <= version) {
                return new Impossible(next.kind().wire() + " of version " + next.version() + " after " + version);
            }
            return new At(after, edge ? next.version() : version, next.kind() == EventKind.RELEASED ? uses + 1 : uses);
        }

        private boolean follows(EventKind next) {
            return switch (next) {
                case REQUESTED -> stage == Stage.NONE;
                case PRESENTED -> stage == Stage.REQUESTED;
                case GRANTED -> stage == Stage.PRESENTED;
                case REFUSED, LAPSED -> stage == Stage.REQUESTED || stage == Stage.PRESENTED;
                case PAUSED, EXHAUSTED, RELEASED -> stage == Stage.ACTIVE;
                case RESUMED -> stage == Stage.PAUSED;
                case AMENDMENT_REQUESTED,
                        AMENDMENT_PRESENTED,
                        SUPERSEDED,
                        AMENDED,
                        WITHDRAWN,
                        REVOKED,
                        RELINQUISHED,
                        INVALIDATED,
                        EXPIRED,
                        REMINDED -> stage.stands();
                case AMENDMENT_REFUSED,
                        AMENDMENT_LAPSED,
                        RELEASE_REFUSED,
                        RELEASE_ABORTED,
                        NOTICE_SENT,
                        NOTICE_ACKNOWLEDGED,
                        NOTICE_REFUSED -> stage.wasGiven();
                case DELETION_ATTESTED, DELETION_OVERDUE -> stage == Stage.ENDED;
            };
        }

        private Stage after(EventKind next) {
            return switch (next) {
                case REQUESTED -> Stage.REQUESTED;
                case PRESENTED -> Stage.PRESENTED;
                case GRANTED, RESUMED -> Stage.ACTIVE;
                case PAUSED -> Stage.PAUSED;
                case REFUSED, LAPSED, WITHDRAWN, REVOKED, RELINQUISHED, INVALIDATED, EXPIRED, EXHAUSTED -> Stage.ENDED;
                case AMENDMENT_REQUESTED,
                        AMENDMENT_PRESENTED,
                        AMENDMENT_REFUSED,
                        AMENDMENT_LAPSED,
                        SUPERSEDED,
                        AMENDED,
                        RELEASED,
                        RELEASE_REFUSED,
                        RELEASE_ABORTED,
                        NOTICE_SENT,
                        NOTICE_ACKNOWLEDGED,
                        NOTICE_REFUSED,
                        REMINDED,
                        DELETION_ATTESTED,
                        DELETION_OVERDUE -> stage;
            };
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    record Impossible(String what) implements GrantLife {

        @Override
        public GrantLife then(LedgerEvent next) {
            return this;
        }

        @Override
        public Optional<String> problem() {
            return Optional.of(what);
        }
    }
}
