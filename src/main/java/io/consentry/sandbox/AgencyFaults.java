package io.consentry.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which agencies misbehave now: as a test or a developer told this node, else as the person's file says. */
@ApplicationScoped
class AgencyFaults {

    private final Map<Agency, AgencyFault> told = new ConcurrentHashMap<>();

    /** From now on, for everybody, until {@link #clear}. In the memory of this node only. */
    void set(Agency agency, AgencyFault fault) {
        told.put(agency, fault);
    }

    void clear(Agency agency) {
        told.remove(agency);
    }

    Optional<AgencyFault> of(Agency agency, PersonFile person) {
        return Optional.ofNullable(told.getOrDefault(agency, person.faults().get(agency)));
    }
}
