package io.consentry.consent;

import static io.consentry.schema.AmendmentTable.AMENDMENT;
import static io.consentry.schema.ConsentTable.CONSENT;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** What a row's state may be, its values written out as the partial indexes have them, or these are of no use. */
final class StateConditions {

    /** Nobody has decided on the consent. */
    static final Condition UNDECIDED = consent(Status::isOpen);

    /** The consent was given and has not ended, by what was last written. */
    static final Condition STANDING = consent(Status::isInForce);

    /** Nobody has decided on the amendment. */
    static final Condition OPEN_AMENDMENT = AMENDMENT.STATE.in(
            DSL.inline(AmendmentState.REQUESTED.wire()), DSL.inline(AmendmentState.PRESENTED.wire()));

    private StateConditions() {}

    private static Condition consent(Predicate<Status> states) {
        return CONSENT.STATE.in(Stream.of(Status.values())
                .filter(states)
                .map(state -> DSL.inline(state.wire()))
                .toList());
    }
}
