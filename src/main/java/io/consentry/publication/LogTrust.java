package io.consentry.publication;

import io.consentry.health.NodeCheck;
import io.consentry.kernel.LogNumber;
import io.consentry.ledger.InStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Whether the database that this node finds is the one whose entries were published. As long as it is not, the node serves nothing,
 * signs nothing, and says so.
 */
@ApplicationScoped
class LogTrust implements NodeCheck, InStep {

    private static final Logger LOG = Logger.getLogger(LogTrust.class);

    static final String WHAT_TO_DO =
            " Point the service at the database that has them (the newest primary, not an older copy)."
                    + " If they are lost for good, keep the store and the database as they are: to go on by a successor log is not there yet.";

    private final Map<LogNumber, String> faults = new ConcurrentHashMap<>();

    /** The database has what was published. */
    void keep(LogNumber log) {
        if (faults.remove(log) != null) {
            LOG.infof("Log %s: the database has again what was published; this node serves", log);
        }
    }

    /** It has not. */
    void lose(LogNumber log, String why) {
        String fault = "Log " + log + ": " + why + "." + WHAT_TO_DO;
        if (faults.put(log, fault) == null) { // told once: what exactly is found changes as the database grows
            LOG.errorf("This node serves nothing more. %s", fault);
        }
    }

    @Override
    public boolean isInStep() {
        return faults.isEmpty();
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public Optional<String> fault() {
        return faults.values().stream().findFirst();
    }
}
