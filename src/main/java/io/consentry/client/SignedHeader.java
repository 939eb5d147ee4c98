package io.consentry.client;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JOSE header of what a client has signed, where the library reads it more kindly, or less, than RFC 7515 has it. */
public final class SignedHeader {

    private static final String APPLICATION = "application/";

    private SignedHeader() {}

    /**
     * Whether the header says that something in it must be understood. Nothing is, here: an extension that is named in {@code
     * crit} is none of ours ({@code b64} is not for JWTs, RFC 7797 §7), and a {@code crit} without any is malformed (RFC 7515
     * §4.1.11). The library takes an empty one for none.
     */
    public static boolean isCritical(Header header) {
        try {
            return header.getParsedBase64URL() == null
                    ? header.getCriticalParams() != null
                    : JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString())
                            .containsKey("crit");
        } catch (ParseException e) {
            return true; // What cannot be read again may say anything.
        }
    }

    /**
     * A {@code typ} in its short form: a media type, without the {@code application/} that it means without saying so, and
     * without regard to capitals (RFC 7515 §4.1.9).
     */
    public static String type(JOSEObjectType typ) {
        String name = typ.getType().toLowerCase(Locale.ROOT);
        String shortened = name.startsWith(APPLICATION) ? name.substring(APPLICATION.length()) : name;
        return shortened.indexOf('/') < 0 ? shortened : name;
    }

    /** Whether a {@code typ}, if there is one, is among those; the names in their short form and in small letters. */
    public static boolean isOneOf(Set<String> types, @Nullable JOSEObjectType typ) {
        return typ != null && types.contains(type(typ));
    }
}
