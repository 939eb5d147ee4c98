package io.consentry.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The identifier of a registered client (RFC 6749 §2.2): 1 to 64 unreserved characters. */
@Schema(implementation = String.class)
public record ClientId(@JsonValue String value) {

    @JsonCreator
    public ClientId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not a client id");
        }
    }

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    /** Whether a text has the form of a client's identifier. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
