package io.consentry.client;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which ways to a token a registration asks for, and which scopes of its own come with them. */
final class GrantTypeChecks {

    private static final String MEMBER = "grant_types";

    private GrantTypeChecks() {}

    static Set<GrantType> check(Registration asked) throws RefusedException {
        var found = EnumSet.noneOf(GrantType.class);
        for (String text : asked.grantTypes()) {
            found.add(GrantType.of(text)
                    .orElseThrow(() -> new RefusedException(MEMBER, "must be among " + all() + ", not " + text)));
        }
        if (!found.contains(GrantType.AUTHORIZATION_CODE)) {
            throw new RefusedException(MEMBER, "must have authorization_code");
        }
        for (String scope : asked.scope()) {
            if (ClientScope.of(scope).isPresent() && !found.contains(GrantType.CLIENT_CREDENTIALS)) {
                throw new RefusedException("scope", "has " + scope + ", which needs the grant type client_credentials");
            }
        }
        return found;
    }

    /** The scopes that are about people's data; a client's own need not be named, and may be. */
    static List<String> ofPeople(List<String> scopes) {
        return scopes.stream().filter(scope -> ClientScope.of(scope).isEmpty()).toList();
    }

    private static String all() {
        return Stream.of(GrantType.values()).map(GrantType::wire).collect(Collectors.joining(", "));
    }
}
