package io.consentry.verify;

import java.util.List;

/** What a check of a receipt, or of a proof, found, and each step of the way. */
public record ReceiptReport(ReceiptVerdict verdict, List<Step> steps) {

    public ReceiptReport {
        steps = List.copyOf(steps);
    }

    public boolean isVerified() {
        return !(verdict instanceof ReceiptVerdict.Refused);
    }
}
