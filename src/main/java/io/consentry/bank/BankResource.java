package io.consentry.bank;

import io.consentry.bank.BankClient.Sent;
import io.consentry.bank.BankVisit.Access;
import io.consentry.bank.BankVisit.Away;
import io.consentry.bank.BankVisit.Done;
import io.consentry.bank.BankVisit.Filling;
import io.consentry.bank.RelyingParty.Returned;
import io.consentry.kernel.Handle;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The demo bank: its offer, the way to Consentry and back, and the end. The form is {@link BankFormResource}. */
@Path("/bank")
@Produces(MediaType.TEXT_HTML)
public class BankResource {

    private static final Logger LOG = Logger.getLogger(BankResource.class);

    private final BankSite site;
    private final BankVisits visits;
    private final BankClient consentry;
    private final BankPages pages;

    BankResource(BankSite site, BankVisits visits, BankClient consentry, BankPages pages) {
        this.site = site;
        this.visits = visits;
        this.consentry = consentry;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Response offer(UriInfo request) {
        return site.elsewhere(request).map(BankPages::to).orElseGet(pages::offer);
    }

    /** Begins an application; always under a new cookie, and with nothing of an earlier one. */
    @POST
    @Path("/start")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response start(@FormParam("how") @Nullable String how, HttpHeaders headers) {
        site.check(headers);
        site.visit(headers).ifPresent(visits::end);
        if (!"consentry".equals(how)) {
            return begin(Filling.BY_HAND, site.at("/bank/form"));
        }
        try {
            Sent sent = consentry.send();
            return begin(new Away(sent.client(), Filling.BY_HAND), sent.to());
        } catch (RelyingPartyException e) {
            LOG.warn("Consentry did not take the bank's request");
            return pages.trouble(BankTrouble.NOTREACHED);
        }
    }

    private Response begin(BankVisit visit, URI next) {
        return Response.seeOther(next).cookie(site.cookie(visits.open(visit))).build();
    }

    /** The way back from Consentry (RFC 6749 §4.1.2). Each state brings one answer, to the browser that was sent with it. */
    @GET
    @Path("/callback")
    @Operation(hidden = true)
    public Response callback(UriInfo request, HttpHeaders headers) {
        Optional<Handle> handle = site.visit(headers);
        Optional<BankVisit> visit = handle.flatMap(visits::find);
        if (handle.isEmpty() || visit.isEmpty()) {
            return pages.trouble(BankTrouble.NOVISIT);
        }
        return switch (visit.get()) {
            case Away away -> receive(request.getRequestUri(), handle.get(), away);
            case Filling filling -> pages.trouble(BankTrouble.USED);
            case Done done -> pages.trouble(BankTrouble.USED);
        };
    }

    private Response receive(URI callback, Handle handle, Away away) {
        Returned returned;
        try {
            returned = away.client().read(callback);
        } catch (RelyingPartyException e) {
            LOG.info("A redirect to the bank was not the answer to its request");
            return pages.trouble(BankTrouble.NOTOURS);
        }
        // From here on the state is used: a second answer with it finds no customer who is away.
        if (!visits.replace(handle, away, away.before())) {
            return pages.trouble(BankTrouble.USED);
        }
        return switch (returned) {
            case Returned.Refused(String error) ->
                pages.trouble(error.equals("access_denied") ? BankTrouble.REFUSED : BankTrouble.FAILED);
            case Returned.Code code -> fill(handle, away, code);
        };
    }

    private Response fill(Handle handle, Away away, Returned.Code code) {
        try {
            Access access = consentry.redeem(away.client(), code);
            Filling filled = away.returned(access, consentry.fetch(access));
            return visits.replace(handle, away.before(), filled)
                    ? BankPages.to(site.at("/bank/form"))
                    : pages.trouble(BankTrouble.NOVISIT);
        } catch (RelyingPartyException e) {
            LOG.warn("Consentry did not give the bank what the customer approved");
            return pages.trouble(BankTrouble.FAILED);
        }
    }

    /** The end: what was done, without a value. */
    @GET
    @Path("/done")
    @Operation(hidden = true)
    public Response done(UriInfo request, HttpHeaders headers) {
        Optional<URI> elsewhere = site.elsewhere(request);
        if (elsewhere.isPresent()) {
            return BankPages.to(elsewhere.get());
        }
        return site.visit(headers).flatMap(visits::find).orElse(null) instanceof Done(BankSummary summary)
                ? pages.done(summary)
                : BankPages.to(site.at("/bank"));
    }

    /** Gives the application up: what the bank has of it goes. */
    @POST
    @Path("/leave")
    @Operation(hidden = true)
    public Response leave(HttpHeaders headers) {
        site.check(headers);
        site.visit(headers).ifPresent(visits::end);
        return Response.seeOther(site.at("/bank")).cookie(site.noCookie()).build();
    }
}
