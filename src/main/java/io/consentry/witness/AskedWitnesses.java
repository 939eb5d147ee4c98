package io.consentry.witness;

import io.consentry.tlog.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;

/** Whom the service shows its checkpoints to, as strangers may know it. */
@ApplicationScoped
public class AskedWitnesses {

    private final NamedWitnesses named;

    AskedWitnesses(NamedWitnesses named) {
        this.named = named;
    }

    /** The lines of a C2SP policy that name them and say how many are enough, without their addresses. */
    public String policyLines() {
        return PolicyText.of(named.policy().keys(), named.policy().quorum());
    }
}
