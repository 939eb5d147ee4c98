package io.consentry.consent;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.PersonId;
import io.consentry.key.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the digest of what a page shows to the decision that is made on it: in the page's own form, sealed, for this person and
 * this request. What is recorded was on the screen of the very form that was sent, whatever has changed since, and however many
 * of its kind were open; and no browser can make it anything else.
 */
@ApplicationScoped
public class ShownSeal {

    private static final Pattern SEALED = Pattern.compile("([A-Za-z0-9-]+)\\.([0-9a-f]*)\\.([A-Za-z0-9_-]+)");

    private final MasterKey master;

    ShownSeal(MasterKey master) {
        this.master = master;
    }

    /**
     * For a field of the form.
     *
     * @param about what is decided on it
     */
    public String seal(Shown shown, String about, PersonId person) {
        return shown.language() + "." + shown.digest() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(shown, about, person));
    }

    /** What the field of the form says was shown; throws {@code csrf_refused} when the form is none of ours for this. */
    public Shown open(@Nullable String sealed, String about, PersonId person) {
        Matcher parts = SEALED.matcher(sealed == null ? "" : sealed);
        if (!parts.matches()) {
            throw refused();
        }
        try {
            var shown = new Shown(parts.group(1), parts.group(2));
            byte[] mac = Base64.getUrlDecoder().decode(parts.group(3));
            if (!MessageDigest.isEqual(mac, mac(shown, about, person))) {
                throw refused();
            }
            return shown;
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    /** None of the parts has a space in it. */
    private byte[] mac(Shown shown, String about, PersonId person) {
        return master.keyedHash(
                "shown-words", String.join(" ", about, person.toString(), shown.language(), shown.digest()));
    }

    private static RuntimeException refused() {
        return Fault.of(FaultCode.CSRF_REFUSED, "Open the page again and repeat what you did there.")
                .raise();
    }
}
