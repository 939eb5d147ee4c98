package io.consentry.resident;

import io.consentry.consent.Amendments;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.OwnConsents;
import io.consentry.consent.Shown;
import io.consentry.consent.ShownSeal;
import io.consentry.consent.Transition;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do with a consent of theirs, by the forms of its page. What cannot be undone asks once more; what can takes
 * one click. Repeating an act changes nothing and answers the same; one that came too late changes nothing and shows how things stand.
 */
@Path("/me")
@Produces(MediaType.TEXT_HTML)
public class ConsentFormsResource {

    private final ResidentSignIn signIn;
    private final OwnConsents own;
    private final ConsentCards cards;
    private final Consents consents;
    private final Amendments amendments;
    private final NarrowingWords words;
    private final ShownSeal shownSeal;

    ConsentFormsResource(
            ResidentSignIn signIn,
            OwnConsents own,
            ConsentCards cards,
            Consents consents,
            Amendments amendments,
            NarrowingWords words,
            ShownSeal shownSeal) {
        this.signIn = signIn;
        this.own = own;
        this.cards = cards;
        this.consents = consents;
        this.amendments = amendments;
        this.words = words;
        this.shownSeal = shownSeal;
    }

    /** The form for this consent as it stands, with what is ticked on it. */
    private TemplateInstance narrowing(OwnConsent found, String problem, Set<AttributeName> ticked, String csrf) {
        ConsentCard card = cards.of(found);
        Shown shown = found.held().consent() instanceof Consent.Given given
                ? words.of(card.who().name(), given.granted())
                : Shown.NOTHING;
        return Templates.narrow(
                card,
                problem,
                ticked.stream().map(AttributeName::value).collect(Collectors.toSet()),
                shownSeal.seal(shown, about(found), found.person()),
                csrf);
    }

    private static String about(OwnConsent found) {
        return "grant/" + found.grant();
    }

    @CheckedTemplate(basePath = "resident")
    static class Templates {

        private Templates() {}

        static native TemplateInstance withdraw(ConsentCard card, String csrf);

        static native TemplateInstance narrow(
                ConsentCard card, String problem, Set<String> ticked, String shown, String csrf);
    }

    @GET
    @Path("/consents/{grant}/withdraw")
    @Operation(hidden = true)
    public Response askWithdrawal(@PathParam("grant") String grant, HttpHeaders headers) {
        return ask(grant, "/withdraw", headers, (found, csrf) -> Templates.withdraw(cards.of(found), csrf));
    }

    @GET
    @Path("/consents/{grant}/narrow")
    @Operation(hidden = true)
    public Response askNarrowing(@PathParam("grant") String grant, HttpHeaders headers) {
        return ask(grant, "/narrow", headers, (found, csrf) -> narrowing(found, "", Set.of(), csrf));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("/consents/{grant}/withdraw")
    @Operation(hidden = true)
    public Response withdraw(
            @PathParam("grant") String grant, @FormParam("csrf") @Nullable String csrf, HttpHeaders headers) {
        return act(grant, "/withdraw", csrf, headers, "withdrawn", consents::withdraw);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("/consents/{grant}/pause")
    @Operation(hidden = true)
    public Response pause(
            @PathParam("grant") String grant, @FormParam("csrf") @Nullable String csrf, HttpHeaders headers) {
        return act(grant, "", csrf, headers, "paused", consents::pause);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("/consents/{grant}/resume")
    @Operation(hidden = true)
    public Response resume(
            @PathParam("grant") String grant, @FormParam("csrf") @Nullable String csrf, HttpHeaders headers) {
        return act(grant, "", csrf, headers, "resumed", consents::resume);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("/consents/{grant}/narrow")
    @Operation(hidden = true)
    public Response narrow(
            @PathParam("grant") String grant,
            @FormParam("without") List<String> without,
            @FormParam("shown") @Nullable String sealed,
            @FormParam("csrf") @Nullable String csrf,
            HttpHeaders headers) {
        return signIn.form(headers, address(grant, "/narrow"), csrf, who -> {
            Set<AttributeName> names = AttributeName.amongst(without);
            OwnConsent found = own.require(who.session().person(), grant);
            Shown shown = shownSeal.open(sealed, about(found), found.person());
            var narrowed = amendments.narrow(found.grant(), found.person(), names, shown);
            return narrowed instanceof Transition.NotPart<?, ?>
                    ? again(found, names, signIn.csrf(who))
                    : after(narrowed, found, "narrowed");
        });
    }

    /** The form once more, with what is ticked on it, since it takes back nothing or everything. */
    private Response again(OwnConsent found, Set<AttributeName> ticked, String csrf) {
        return Response.status(Response.Status.BAD_REQUEST)
                .entity(narrowing(found, ticked.isEmpty() ? "nothing" : "everything", ticked, csrf)
                        .render())
                .type("text/html;charset=UTF-8")
                .build();
    }

    /** The address of a consent's page, or of one of its forms. Only what may stand in an address is let into one. */
    static String address(String grant, String form) {
        return "/me/consents/" + grant.replaceAll("[^0-9A-Za-z-]", "") + form;
    }

    private Response ask(
            String grant, String form, HttpHeaders headers, BiFunction<OwnConsent, String, TemplateInstance> page) {
        return signIn.page(
                headers,
                address(grant, form),
                who -> page.apply(own.require(who.session().person(), grant), signIn.csrf(who)));
    }

    private <C extends Consent> Response act(
            String grant,
            String form,
            @Nullable String csrf,
            HttpHeaders headers,
            String done,
            BiFunction<GrantId, PersonId, Transition<Consent, C>> act) {
        return signIn.form(headers, address(grant, form), csrf, who -> {
            OwnConsent found = own.require(who.session().person(), grant);
            return after(act.apply(found.grant(), found.person()), found, done);
        });
    }

    private Response after(Transition<Consent, ? extends Consent> change, OwnConsent own, String done) {
        String page = address(own.grant().toString(), "");
        boolean isDone = change instanceof Transition.Made<?, ?> || change instanceof Transition.Already<?, ?>;
        return signIn.goTo(isDone ? page + "?done=" + done : page);
    }
}
