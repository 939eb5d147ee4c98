package io.consentry.operator;

import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.consent.Transition;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code consents revoke GRANT --reason R}, {@code --client ID} or {@code --purpose CODE}: ends one grant, or by one order
 * all of a client or of a purpose. Ending many asks how many first.
 */
@ApplicationScoped
class ConsentsRevoke implements Verb<ConsentsRevoke.Arguments> {

    private final Catalogue catalogue;
    private final Clients clients;
    private final Consents consents;
    private final RevocationOrders orders;
    private final Confirmation confirmation;
    private final OrderProgress progress;
    private final OperatorActs acts;

    ConsentsRevoke(
            Catalogue catalogue,
            Clients clients,
            Consents consents,
            RevocationOrders orders,
            Confirmation confirmation,
            OrderProgress progress,
            OperatorActs acts) {
        this.catalogue = catalogue;
        this.clients = clients;
        this.consents = consents;
        this.orders = orders;
        this.confirmation = confirmation;
        this.progress = progress;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "revoke", description = "End a grant, or all with --client ID or --purpose CODE.")
    interface Arguments {

        @ArgGroup(multiplicity = "1")
        Subject subject();

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description = "Why: ${COMPLETION-CANDIDATES}.",
                completionCandidates = ReasonCodes.class)
        Reason reason();

        @Option(names = "--confirm", paramLabel = "AT_MOST", description = "How many may be ended at most.")
        Optional<Long> confirm();
    }

    /** What is ended, named in one of three ways. */
    static final class Subject {

        @Parameters(paramLabel = "GRANT", description = "The grant_id of the one to end.")
        @Nullable GrantId grant;

        @Option(names = "--client", paramLabel = "ID", required = true, description = "End all of this client.")
        @Nullable ClientId client;

        @Option(names = "--purpose", paramLabel = "CODE", required = true, description = "End all for this purpose.")
        @Nullable String purpose;
    }

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        Subject subject = arguments.subject();
        if (subject.grant != null) {
            revokeOne(subject.grant, arguments.reason(), terminal);
        } else if (subject.client != null) {
            revokeAll(new Covers.OfClient(subject.client), arguments, terminal);
        } else {
            revokeAll(new Covers.OfPurpose(Objects.requireNonNull(subject.purpose)), arguments, terminal);
        }
    }

    private void revokeOne(GrantId grant, Reason reason, Terminal terminal) {
        acts.perform("consents revoke " + grant + " --reason " + reason.code(), () -> {
            Transition<Consent, Consent.Ended> change = consents.revoke(grant, reason);
            return GrantEndings.made(change);
        });
        terminal.say("Grant " + grant + " is revoked. Nothing is released under it any more.");
    }

    private void revokeAll(Covers covers, Arguments arguments, Terminal terminal) {
        Reason reason = arguments.reason();
        long count = orders.count(covers);
        if (count == 0) {
            requireKnown(covers);
            terminal.say("No grant " + of(covers) + " stands. Nothing was done.");
            return;
        }
        long atMost = confirmation.require(
                count, "This ends " + count + " grants " + of(covers) + " for ever.", arguments.confirm(), terminal);
        RevocationOrder order = acts.perform(
                "consents revoke " + option(covers) + " --reason " + reason.code(),
                () -> orders.place(covers, reason, OperatorActs.who(), atMost));
        terminal.say("Order " + order.id() + " has ended them. Nothing is released under any of them any more.");
        progress.show(order, terminal);
    }

    /** What was mistyped is no success. */
    private void requireKnown(Covers covers) {
        boolean isKnown = switch (covers) {
            case Covers.OfClient(var client) -> clients.find(client).isPresent();
            case Covers.OfPurpose(String code) -> catalogue.purpose(code).isPresent();
        };
        if (!isKnown) {
            throw Fault.of(
                            FaultCode.INVALID_PARAMETER,
                            switch (covers) {
                                case Covers.OfClient client -> "There is no such client. Nothing was done.";
                                case Covers.OfPurpose purpose -> "There is no such purpose. Nothing was done.";
                            })
                    .raise();
        }
    }

    private static String of(Covers covers) {
        return switch (covers) {
            case Covers.OfClient(var client) -> "of client " + client;
            case Covers.OfPurpose(String code) -> "for purpose " + code;
        };
    }

    private static String option(Covers covers) {
        return switch (covers) {
            case Covers.OfClient(var client) -> "--client " + client;
            case Covers.OfPurpose(String code) -> "--purpose " + code;
        };
    }
}
