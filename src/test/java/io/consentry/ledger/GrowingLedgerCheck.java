package io.consentry.ledger;

import jakarta.inject.Singleton;
import java.util.List;

/**
 * The check of the whole ledger after every scenario, without opening again what it has opened before in this start of the
 * service: rows that were verified cannot be changed (LedgerGuardsTest, ServiceRightsTest), and that none was added among them
 * is looked at each time.
 */
@Singleton
public class GrowingLedgerCheck {

    private final LedgerCheck check;
    private final VerifiedEvents verified = new VerifiedEvents();

    GrowingLedgerCheck(LedgerCheck check) {
        this.check = check;
    }

    /** One sentence for each thing that is wrong; what is wrong with an event is said once. */
    public synchronized List<String> problems() {
        return check.check(verified).problems();
    }
}
