package io.consentry.authorization;

import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a pushed request wants of grants (Grant Management for OAuth 2.0 §5.1); a new one when it says nothing. */
sealed interface GrantManagement {

    /** For the metadata: at the grants' own addresses, and in a pushed request. {@code update} is the older name of {@code merge}. */
    List<String> ACTIONS = List.of("query", "revoke", "create", "merge", "update", "replace");

    Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A new grant. */
    record Create() implements GrantManagement {}

    /** A change of one that there is. */
    record Amend(Mode mode, GrantId grant) implements GrantManagement {}

    /** Reads the parameters; whether there is such a grant is found under its lock. */
    static GrantManagement read(Form form) {
        Optional<String> action = form.get("grant_management_action");
        Optional<String> grant = form.get("grant_id");
        if (action.isEmpty() || action.get().equals("create")) {
            if (grant.isPresent()) {
                throw Fault.of(FaultCode.INVALID_PARAMETER, "A grant_id goes with merge or replace only.")
                        .expecting("grant_management_action merge or replace", action.orElse(null))
                        .raise();
            }
            return new Create();
        }
        return new Amend(mode(action.get()), grant(grant));
    }

    private static Mode mode(String action) {
        return switch (action) {
            case "merge", "update" -> Mode.MERGE;
            case "replace" -> Mode.REPLACE;
            default ->
                throw Fault.of(FaultCode.INVALID_PARAMETER, "The grant_management_action is unknown.")
                        .expecting("create, merge, update or replace", action)
                        .raise();
        };
    }

    private static GrantId grant(Optional<String> text) {
        String id = text.orElseThrow(
                () -> Form.missing(FaultCode.MISSING_PARAMETER, "grant_id").raise());
        if (!ID.matcher(id).matches()) {
            throw noSuchGrant().raise();
        }
        return GrantId.parse(id);
    }

    /** The one answer for another client's grant, for none, for an ended one and for one of another purpose. */
    static Fault noSuchGrant() {
        return Fault.of(FaultCode.INVALID_GRANT_ID, "This client has no such grant in force for its purpose.")
                .suggesting("Ask for a new grant.");
    }
}
