package io.consentry.resident;

import io.consentry.http.SameOrigin;
import io.consentry.kernel.Settings;
import io.consentry.person.CurrentPerson;
import io.consentry.person.SignedIn;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets a person in to their own pages and forms: whoever is not signed in signs in first, and comes back. */
@ApplicationScoped
class ResidentSignIn {

    private final CurrentPerson resident;
    private final SameOrigin sameOrigin;
    private final Settings settings;

    ResidentSignIn(CurrentPerson resident, SameOrigin sameOrigin, Settings settings) {
        this.resident = resident;
        this.sameOrigin = sameOrigin;
        this.settings = settings;
    }

    /** Shows a page at this path. */
    Response page(HttpHeaders headers, String path, Function<SignedIn, TemplateInstance> page) {
        return resident.find(headers)
                .map(who -> Response.ok(page.apply(who).render()).build())
                .orElseGet(() -> signInFirst(path));
    }

    /** Takes a form of one of our own pages, and nobody else's. */
    Response form(HttpHeaders headers, String path, @Nullable String csrf, Function<SignedIn, Response> act) {
        Optional<SignedIn> who = resident.find(headers);
        if (who.isEmpty()) {
            sameOrigin.check(headers);
            return signInFirst(path);
        }
        sameOrigin.checkForm(headers, who.get().handle().value(), csrf);
        return act.apply(who.get());
    }

    /** What the forms of this person's pages carry. */
    String csrf(SignedIn who) {
        return sameOrigin.token(who.handle().value());
    }

    Response goTo(String path) {
        return Response.seeOther(URI.create(settings.baseUrl() + path)).build();
    }

    private Response signInFirst(String path) {
        return goTo("/sign-in?return_to=" + path);
    }
}
