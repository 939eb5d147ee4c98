package io.consentry.operator;

import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.consent.Transition;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * {@code consents revoke GRANT --reason R}, {@code --client ID} or {@code --purpose CODE}: ends one grant, or by one order
 * all of a client or of a purpose. Ending many asks how many first.
 */
@ApplicationScoped
class ConsentsRevoke implements Verb {

    private final Catalogue catalogue;
    private final Consents consents;
    private final RevocationOrders orders;
    private final Confirmation confirmation;
    private final OrderProgress progress;
    private final Acts acts;

    ConsentsRevoke(
            Catalogue catalogue,
            Consents consents,
            RevocationOrders orders,
            Confirmation confirmation,
            OrderProgress progress,
            Acts acts) {
        this.catalogue = catalogue;
        this.consents = consents;
        this.orders = orders;
        this.confirmation = confirmation;
        this.progress = progress;
        this.acts = acts;
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {
        Options options = Options.parse(arguments, "--reason", "--client", "--purpose", "--confirm");
        Reason reason = Ends.reason(options);
        Optional<Covers> covers = covers(options);
        if (covers.isPresent()) {
            revokeAll(covers.get(), reason, options, terminal);
        } else {
            revokeOne(Ends.grant(options), reason, terminal);
        }
    }

    private void revokeOne(GrantId grant, Reason reason, Terminal terminal) {
        acts.perform("consents revoke " + grant + " --reason " + reason.code(), () -> {
            Transition<Consent, Consent.Ended> change = consents.revoke(grant, reason);
            return Ends.made(change);
        });
        terminal.say("Grant " + grant + " is revoked. Nothing is released under it any more.");
    }

    private void revokeAll(Covers covers, Reason reason, Options options, Terminal terminal) {
        long count = orders.count(covers);
        if (count == 0) {
            requireKnown(covers);
            terminal.say("No grant " + of(covers) + " stands. Nothing was done.");
            return;
        }
        long atMost = confirmation.require(
                count, "This ends " + count + " grants " + of(covers) + " for ever.", options, terminal);
        RevocationOrder order = acts.perform(
                "consents revoke " + option(covers) + " --reason " + reason.code(),
                () -> orders.place(covers, reason, Acts.who(), atMost));
        terminal.say("Order " + order.id() + " has ended them. Nothing is released under any of them any more.");
        progress.show(order, terminal);
    }

    /** A purpose that was mistyped is no success. A client may have left since. */
    private void requireKnown(Covers covers) {
        if (covers instanceof Covers.OfPurpose(String code)
                && catalogue.purpose(code).isEmpty()) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "There is no such purpose. Nothing was done.")
                    .raise();
        }
    }

    private static Optional<Covers> covers(Options options) {
        Optional<Covers> client = options.value("--client").map(id -> new Covers.OfClient(Arguments.clientId(id)));
        Optional<Covers> purpose = options.value("--purpose").map(Covers.OfPurpose::new);
        long named = client.stream().count()
                + purpose.stream().count()
                + options.words().size();
        if (named != 1) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "Name one grant, or --client ID, or --purpose CODE.")
                    .raise();
        }
        return client.or(() -> purpose);
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
