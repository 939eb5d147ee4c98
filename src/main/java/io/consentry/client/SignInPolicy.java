package io.consentry.client;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a client may ask of the sign-in of the people it sends.
 *
 * @param acrValues the levels of assurance that it may ask for, as {@code acr} values
 * @param defaultMaxAge how old, in seconds, a sign-in may be when a request does not say ({@code default_max_age})
 * @param contextTypes what its people may be signing in for, out of {@link ContextTypes}; a client with any is a login client
 * @param appLaunchUrls app links that it may name as the way back from an app
 */
public record SignInPolicy(
        Set<String> acrValues, OptionalInt defaultMaxAge, Set<String> contextTypes, Set<URI> appLaunchUrls) {

    /** The levels of assurance that exist, the lowest first. */
    public static final Set<String> LEVELS = Collections.unmodifiableSet(new LinkedHashSet<>(
            java.util.List.of("urn:singpass:authentication:loa:2", "urn:singpass:authentication:loa:3")));

    /** A client that asks for nothing in particular. */
    public static final SignInPolicy NONE = new SignInPolicy(Set.of(), OptionalInt.empty(), Set.of(), Set.of());

    public SignInPolicy {
        acrValues = Set.copyOf(acrValues);
        contextTypes = Set.copyOf(contextTypes);
        appLaunchUrls = Set.copyOf(appLaunchUrls);
        if (!LEVELS.containsAll(acrValues) || !ContextTypes.ALL.containsAll(contextTypes)) {
            throw new IllegalArgumentException("levels and context types are known ones");
        }
        if (defaultMaxAge.orElse(0) < 0) {
            throw new IllegalArgumentException("an age is not negative");
        }
    }

    /** Whether the client has people sign in to itself, as Singpass' login clients do, and learns who they are from the ID token. */
    public boolean isLogin() {
        return !contextTypes.isEmpty();
    }
}
