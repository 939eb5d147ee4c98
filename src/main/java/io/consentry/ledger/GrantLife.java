package io.consentry.ledger;

import java.util.Optional;

/** Follows one grant's events in the order in which they were recorded, and notices one that could not have happened. */
sealed interface GrantLife {

    GrantLife NONE = new At(Stage.NONE);

    GrantLife then(EventKind next);

    Optional<String> problem();

    enum Stage {
        NONE,
        REQUESTED,
        PRESENTED,
        IN_FORCE,
        ENDED
    }

    record At(Stage stage) implements GrantLife {

        @Override
        public GrantLife then(EventKind next) {
            boolean possible = switch (next) {
                case REQUESTED -> stage == Stage.NONE;
                case PRESENTED -> stage == Stage.REQUESTED;
                case GRANTED -> stage == Stage.PRESENTED;
                case REFUSED, LAPSED -> stage == Stage.REQUESTED || stage == Stage.PRESENTED;
                case WITHDRAWN, EXPIRED, RELEASED -> stage == Stage.IN_FORCE;
                case RELEASE_REFUSED, RELEASE_ABORTED -> stage == Stage.IN_FORCE || stage == Stage.ENDED;
            };
            return possible ? new At(after(next)) : new Impossible(next.wire() + " after " + stage);
        }

        private Stage after(EventKind next) {
            return switch (next) {
                case REQUESTED -> Stage.REQUESTED;
                case PRESENTED -> Stage.PRESENTED;
                case GRANTED -> Stage.IN_FORCE;
                case REFUSED, LAPSED, WITHDRAWN, EXPIRED -> Stage.ENDED;
                case RELEASED, RELEASE_REFUSED, RELEASE_ABORTED -> stage;
            };
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    record Impossible(String what) implements GrantLife {

        @Override
        public GrantLife then(EventKind next) {
            return this;
        }

        @Override
        public Optional<String> problem() {
            return Optional.of(what);
        }
    }
}
