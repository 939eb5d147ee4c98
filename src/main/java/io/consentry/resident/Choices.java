package io.consentry.resident;

import io.consentry.catalogue.Catalogue;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.InteractionId;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person has ticked so far, in a cookie of that one page, so that ticking a whole group without JavaScript, or signing
 * in again after their session ended, loses nothing. In a cookie and not in the address: else a link could tick for them. Names of attributes alone, never values.
 */
@ApplicationScoped
class Choices {

    private static final String NAME = "consentry_choices";
    private static final int SECONDS = 900;
    private static final int LONGEST = 3000;

    private final Catalogue catalogue;
    private final boolean secure;

    Choices(Catalogue catalogue, Settings settings) {
        this.catalogue = catalogue;
        this.secure = settings.baseUrl().startsWith("https:");
    }

    Set<AttributeName> read(HttpHeaders headers) {
        Cookie cookie = headers.getCookies().get(NAME);
        return cookie == null
                ? Set.of()
                : parse(Stream.of(cookie.getValue().split("/", -1)).toList());
    }

    /** The attributes of a form's ticked boxes; what is no attribute's name is dropped. */
    static Set<AttributeName> parse(Collection<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty() && name.matches("[a-z0-9.-]+"))
                .map(AttributeName::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** With everything of a group that is on offer, or with none of it if all of it was chosen before. */
    Set<AttributeName> turn(Set<AttributeName> onOffer, String group, Set<AttributeName> chosen) {
        Set<AttributeName> ofGroup = onOffer.stream()
                .filter(name -> catalogue
                        .find(name)
                        .filter(attribute -> attribute.group().equals(group))
                        .isPresent())
                .collect(Collectors.toSet());
        Set<AttributeName> turned = new HashSet<>(chosen);
        if (!chosen.containsAll(ofGroup)) {
            turned.addAll(ofGroup);
        } else {
            turned.removeAll(ofGroup);
        }
        return turned;
    }

    NewCookie keep(InteractionId interaction, Set<AttributeName> chosen) {
        String names = chosen.stream().map(AttributeName::value).sorted().collect(Collectors.joining("/"));
        return cookie(interaction, names.length() > LONGEST ? "" : names, SECONDS);
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
