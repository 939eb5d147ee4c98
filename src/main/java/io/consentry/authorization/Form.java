package io.consentry.authorization;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters of a form-encoded body, each at most once (RFC 6749 §3.2). Does not print: assertions and codes are secrets. */
final class Form {

    private static final int LONGEST_VALUE = 16_384;

    /** What decoders put in the place of bytes that are no UTF-8. */
    private static final int NOT_UTF8 = 0xFFFD;

    /** The decoder would pass over a parameter with one in silence. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final Map<String, List<String>> parameters;

    private Form(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    static Form parse(String body) {
        Map<String, List<String>> parameters = read(body);
        parameters.forEach(Form::check);
        return new Form(parameters);
    }

    /** All values of each name, whatever they are: for an endpoint that ignores most of what it is sent. */
    static Map<String, List<String>> read(String body) {
        if (BROKEN_ESCAPE.matcher(body).find()) {
            throw unreadable();
        }
        return URLUtils.parseParameters(body);
    }

    private static void check(String name, List<String> values) {
        if (values.size() > 1) {
            throw Fault.of(FaultCode.DUPLICATE_PARAMETER, "Send each parameter once.")
                    .expecting("one value", values.size() + " values of one parameter")
                    .raise();
        }
        boolean tooLong = values.stream().anyMatch(value -> value.length() > LONGEST_VALUE);
        boolean mayBreakLines = name.equals("claims"); // JSON, which people indent
        boolean unreadable = values.stream()
                .map(value -> mayBreakLines ? value.replaceAll("[\t\r\n]", " ") : value)
                .anyMatch(Form::isUnreadable);
        if (tooLong || isUnreadable(name) || unreadable) {
            throw unreadable();
        }
    }

    /** What could break out of a line of the log or of a page is refused as it comes in (RFC 6749 §10.14). */
    private static boolean isUnreadable(String text) {
        return text.codePoints().anyMatch(point -> Character.isISOControl(point) || point == NOT_UTF8);
    }

    private static RuntimeException unreadable() {
        return Fault.of(
                        FaultCode.MALFORMED_REQUEST,
                        "A parameter is not URL-encoded UTF-8, holds control characters, or is far too long.")
                .raise();
    }

    /** The value; an empty one counts as absent (RFC 6749 §3.1). */
    Optional<String> get(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    String require(String name) {
        return get(name)
                .orElseThrow(() -> missing(FaultCode.MISSING_PARAMETER, name).raise());
    }

    static Fault missing(FaultCode code, String name) {
        return Fault.of(code, "The parameter " + name + " is missing.").expecting(name, null);
    }

    /** For parsers of the OAuth SDK, which take all values of a name. */
    Map<String, List<String>> asMap() {
        return parameters;
    }

    @Override
    public String toString() {
        return "Form[redacted]";
    }
}
