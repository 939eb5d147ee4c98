package io.consentry.key;

import io.consentry.health.NodeCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** This node's master key must open what the other nodes have wrapped. */
@ApplicationScoped
class MasterKeyCheck implements NodeCheck {

    private final SigningKeys keys;

    MasterKeyCheck(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "master key";
    }

    @Override
    public Optional<String> fault() {
        return keys.unopened();
    }
}
