package io.consentry.bank;

import io.consentry.bank.BankVisit.Away;
import io.consentry.bank.BankVisit.Done;
import io.consentry.bank.BankVisit.Filling;
import io.consentry.kernel.Handle;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** The bank's account-opening form, filled by Consentry or by hand. */
@Path("/bank/form")
@Produces(MediaType.TEXT_HTML)
public class BankFormResource {

    private static final Logger LOG = Logger.getLogger(BankFormResource.class);
    private static final String BY_HAND = "by-hand-";

    private final BankSite site;
    private final BankVisits visits;
    private final BankClient consentry;
    private final BankPages pages;

    BankFormResource(BankSite site, BankVisits visits, BankClient consentry, BankPages pages) {
        this.site = site;
        this.visits = visits;
        this.consentry = consentry;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response form(UriInfo request, HttpHeaders headers) {
        Optional<URI> elsewhere = site.elsewhere(request);
        if (elsewhere.isPresent()) {
            return BankPages.to(elsewhere.get());
        }
        Optional<BankVisit> visit = site.visit(headers).flatMap(visits::find);
        if (visit.isEmpty()) {
            return BankPages.to(site.at("/bank"));
        }
        return switch (visit.get()) {
            case Filling filling -> pages.form(filling, BankChecks.NOT_YET, BankNotice.NONE);
            // Back from Consentry by the browser's button: what was filled in before is still here.
            case Away away -> pages.form(away.before(), BankChecks.NOT_YET, BankNotice.NONE);
            case Done done -> BankPages.to(site.at("/bank/done"));
        };
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response submit(MultivaluedMap<String, String> form, HttpHeaders headers) {
        site.check(headers);
        Optional<Handle> handle = site.visit(headers);
        Optional<BankVisit> visit = handle.flatMap(visits::find);
        if (handle.isEmpty() || visit.isEmpty()) {
            return late(BankAnswers.of(form));
        }
        return switch (visit.get()) {
            case Filling filling -> act(action(form), handle.get(), filling, filling, BankAnswers.of(form));
            case Away away -> act(action(form), handle.get(), away, away.before(), BankAnswers.of(form));
            case Done done -> BankPages.to(site.at("/bank/done"));
        };
    }

    /** The visit was too long ago. What was typed is still in the browser's request, and so is not lost. */
    private Response late(BankAnswers answers) {
        Filling again = Filling.BY_HAND.answered(answers);
        return pages.form(again, BankChecks.NOT_YET, BankNotice.LATE, site.cookie(visits.open(again)));
    }

    private Response act(String action, Handle handle, BankVisit now, Filling filling, BankAnswers answers) {
        Filling answered = filling.answered(answers);
        if (action.equals("retry")) {
            return keep(handle, now, refreshed(answered), BankChecks.NOT_YET);
        }
        if (action.startsWith(BY_HAND)) {
            return keep(handle, now, typing(action, answered), BankChecks.NOT_YET);
        }
        BankChecks checks = BankChecks.of(answered);
        if (!checks.passed()) {
            return keep(handle, now, answered, checks);
        }
        visits.replace(handle, now, answered.submitted(BankSummary.of(answered)));
        return BankPages.to(site.at("/bank/done"));
    }

    private Response keep(Handle handle, BankVisit before, Filling after, BankChecks checks) {
        visits.replace(handle, before, after);
        return pages.form(after, checks, BankNotice.NONE);
    }

    private Filling typing(String action, Filling filling) {
        return Arrays.stream(BankCard.values())
                .filter(card -> action.equals(BY_HAND + card.name()))
                .findFirst()
                .map(filling::typing)
                .orElse(filling);
    }

    /** Asks again under the same approval; what came the first time stays when nothing comes now. */
    private Filling refreshed(Filling filling) {
        if (filling.access().isEmpty()) {
            return filling;
        }
        try {
            return filling.refreshed(consentry.fetch(filling.access().get()));
        } catch (RelyingPartyException e) {
            LOG.warn("Consentry did not answer the bank a second time");
            return filling;
        }
    }

    private static String action(MultivaluedMap<String, String> form) {
        String action = form.getFirst("action");
        return action == null ? "submit" : action;
    }
}
