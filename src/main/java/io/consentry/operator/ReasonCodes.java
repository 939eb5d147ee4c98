package io.consentry.operator;

import io.consentry.consent.Reason;
import java.util.Arrays;
import java.util.Iterator;

/** The reasons that an operator or an authority may give, for help and completion. */
final class ReasonCodes implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Reason.values())
                .filter(Reason::mayEndByOffice)
                .map(Reason::code)
                .iterator();
    }
}
