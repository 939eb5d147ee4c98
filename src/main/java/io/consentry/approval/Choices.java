package io.consentry.approval;

import io.consentry.authorization.InteractionId;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person has ticked so far, in a cookie of that one page, so that ticking a whole card without JavaScript, or signing
 * in again after their session ended, loses nothing. In a cookie and not in the address: else a link could tick for them. Names of attributes alone, never values.
 */
@ApplicationScoped
class Choices {

    private static final String NAME = "consentry_choices";
    private static final int SECONDS = 900;
    private static final int LONGEST = 3000;

    private final boolean secure;

    Choices(Settings settings) {
        this.secure = settings.baseUrl().startsWith("https:");
    }

    /** Empty until the person has ticked or unticked something; nothing ticked is a choice as well. */
    Optional<Set<AttributeName>> read(HttpHeaders headers) {
        return Optional.ofNullable(headers.getCookies().get(NAME))
                .map(cookie -> AttributeName.amongst(List.of(cookie.getValue().split("/", -1))));
    }

    /** With everything of a card that is on offer, or with none of it if all of it was chosen before. */
    static Set<AttributeName> turn(Set<AttributeName> onOffer, Set<AttributeName> card, Set<AttributeName> chosen) {
        Set<AttributeName> ofCard = new HashSet<>(card);
        ofCard.retainAll(onOffer);
        Set<AttributeName> turned = new HashSet<>(chosen);
        if (!chosen.containsAll(ofCard)) {
            turned.addAll(ofCard);
        } else {
            turned.removeAll(ofCard);
        }
        return turned;
    }

    NewCookie keep(InteractionId interaction, Set<AttributeName> chosen) {
        String names = chosen.stream().map(AttributeName::value).sorted().collect(Collectors.joining("/"));
        return names.length() > LONGEST ? forget(interaction) : cookie(interaction, names, SECONDS);
    }

    NewCookie forget(InteractionId interaction) {
        return cookie(interaction, "", 0);
    }

    private NewCookie cookie(InteractionId interaction, String value, int maxAge) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/consent/" + interaction)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }
}
