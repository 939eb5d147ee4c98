package io.consentry.operator;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;

/** Reads arguments, or says what is wrong with them. */
final class Arguments {

    private Arguments() {}

    static ClientId clientId(String text) {
        try {
            return new ClientId(text);
        } catch (IllegalArgumentException e) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "A client's identifier has 1 to 64 of A-Z a-z 0-9 . _ ~ -")
                    .raise();
        }
    }
}
