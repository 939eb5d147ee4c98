package io.consentry.consent;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.Amendment.Ask;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.SealedRow;
import io.consentry.ledger.RowStep;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** The row of a request to amend a grant. A row that fits no state is refused: it was not written by this program. */
@Entity
@Table(name = "amendment")
class AmendmentRow extends SealedRow {

    @Id
    UUID id;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    @Column(name = "client_id")
    String clientId;

    @Column
    int generation;

    @Column
    String purpose;

    @Column(name = "template_version")
    int templateVersion;

    @Column
    String[] requested;

    @Column
    String[] optional;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "lapses_at")
    Instant lapsesAt;

    @Column
    String state;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "presented_at")
    @Nullable Instant presentedAt;

    @Column(name = "record_id")
    @Nullable UUID recordId;

    @Column(name = "closed_at")
    @Nullable Instant closedAt;

    /** The last step of this amendment that the ledger knows. */
    @Formula("ledger_step(id)")
    long recordedStep;

    static AmendmentRow of(Amendment.Requested amendment) {
        Ask ask = amendment.ask();
        Terms terms = ask.terms();
        var row = new AmendmentRow();
        row.id = ask.id().value();
        row.grantId = terms.grantId().value();
        row.log = terms.grantId().log().column();
        row.clientId = terms.clientId().value();
        row.generation = ask.generation();
        row.purpose = terms.purpose().code();
        row.templateVersion = terms.purpose().version();
        row.requested = ConsentMapping.texts(terms.requested());
        row.optional = ConsentMapping.texts(terms.optional());
        row.requestedAt = terms.requestedAt();
        row.lapsesAt = ask.lapsesAt();
        row.personId = ask.person().value();
        row.state = AmendmentState.of(amendment).wire();
        return row;
    }

    /** Writes what the state adds; what earlier states wrote stays. */
    void apply(Amendment next) {
        state = AmendmentState.of(next).wire();
        switch (next) {
            case Amendment.Requested unchanged -> {}
            case Amendment.Presented presented -> presentedAt = presented.presentedAt();
            case Amendment.Approved approved -> {
                recordId = approved.recordId();
                closedAt = approved.closedAt();
            }
            case Amendment.Refused refused -> closedAt = refused.closedAt();
            case Amendment.Lapsed lapsed -> closedAt = lapsed.closedAt();
            case Amendment.Overtaken overtaken -> closedAt = overtaken.closedAt();
        }
    }

    Amendment toAmendment() {
        return switch (AmendmentState.ofWire(state)) {
            case REQUESTED -> new Amendment.Requested(ask());
            case PRESENTED -> new Amendment.Presented(ask(), ConsentMapping.need(presentedAt));
            case APPROVED ->
                new Amendment.Approved(
                        ask(),
                        ConsentMapping.need(presentedAt),
                        ConsentMapping.need(recordId),
                        ConsentMapping.need(closedAt));
            case REFUSED -> new Amendment.Refused(ask(), ConsentMapping.need(closedAt));
            case LAPSED -> new Amendment.Lapsed(ask(), ConsentMapping.need(closedAt));
            case OVERTAKEN -> new Amendment.Overtaken(ask(), ConsentMapping.need(closedAt));
        };
    }

    /** How far this state is: from each there is only a later one. */
    static RowStep step(Amendment amendment) {
        return new RowStep(
                amendment.id().value(),
                switch (amendment) {
                    case Amendment.Requested first -> 1;
                    case Amendment.Presented second -> 2;
                    case Amendment.Approved last -> 3;
                    case Amendment.Refused last -> 3;
                    case Amendment.Lapsed last -> 3;
                    case Amendment.Overtaken last -> 3;
                });
    }

    private Ask ask() {
        var terms = new Terms(
                new GrantId(grantId),
                new ClientId(clientId),
                new PurposeVersion(purpose, templateVersion),
                ConsentMapping.names(requested),
                ConsentMapping.names(optional),
                requestedAt);
        return new Ask(new AmendmentId(id), terms, generation, new PersonId(personId), lapsesAt);
    }
}
