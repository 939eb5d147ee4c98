package io.consentry.outbound;

/**
 * What an address answered.
 *
 * @param body empty unless the status is the one whose body was asked for
 */
public record OutboundAnswer(int status, String body) {

    @Override
    public String toString() {
        return "OutboundAnswer[" + status + "]";
    }
}
