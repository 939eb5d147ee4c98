package io.consentry.client;

import com.ibm.icu.text.SpoofChecker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Tells whether a client's name may be taken for another's (Unicode Technical Standard 39): it mixes scripts, or it looks like
 * that of a client of another legal entity. What registers names has already refused marks that cannot be seen.
 */
@ApplicationScoped
public class DoubtfulNames {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z &.,()'-]+");

    private final Clients clients;
    private final SpoofChecker checker = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.CONFUSABLE | SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    DoubtfulNames(Clients clients) {
        this.clients = clients;
    }

    /** Whether a person should look twice before they trust the name. */
    public boolean isDoubtful(RegisteredClient client) {
        return checker.failsChecks(client.name()) || resemblesAnother(client);
    }

    private boolean resemblesAnother(RegisteredClient client) {
        return clients.alike(client).stream().anyMatch(other -> !isPlain(client.name()) || isPlain(other.name()));
    }

    /** An ordinary name does not become doubtful because somebody imitates it with other letters. */
    private static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }
}
