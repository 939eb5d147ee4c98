package io.consentry.notice;

import io.consentry.consent.Consents;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Settings;
import io.consentry.key.Jose;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import io.consentry.notice.Notice.Happened;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Security Event Tokens (RFC 8417). What one says comes out of the ledger's entry and out of decisions that never change:
 * however often it is sent, the claims are the same, and only the signature is made anew, by the key of the day.
 *
 * <p>By its type, and with neither {@code sub} nor {@code exp}, none passes for an ID token or another kind of JWT (RFC 8417 §4).
 *
 * <p>Holds no personal value. Whom it is about is the client's own name for the person (RFC 9493 §3.2.4).
 */
@ApplicationScoped
class EventTokens {

    private static final String TYPE = "secevent+jwt"; // RFC 8417 §2.3

    private final History history;
    private final Consents consents;
    private final Persons persons;
    private final Jose jose;
    private final String issuer;

    EventTokens(History history, Consents consents, Persons persons, Jose jose, Settings settings) {
        this.history = history;
        this.consents = consents;
        this.persons = persons;
        this.jose = jose;
        this.issuer = settings.issuer();
    }

    /** The token of an event; empty when the person's key was erased, so that nobody can know any more what happened. */
    Optional<String> of(Happened happened) {
        return history.at(happened.person(), happened.position())
                .map(recorded -> requireTheirs(happened, recorded))
                .map(recorded -> jose.sign(claims(happened, recorded), TYPE));
    }

    /** A row of the outbox carries no seal, the entry does: nobody is told what happened to another client's grant. */
    private static RecordedEvent requireTheirs(Happened happened, RecordedEvent recorded) {
        LedgerEvent event = recorded.event();
        if (!event.clientId().equals(happened.client()) || !event.grantId().equals(happened.grant())) {
            throw new IllegalStateException("its row in the outbox was changed");
        }
        return recorded;
    }

    private Map<String, Object> claims(Happened happened, RecordedEvent recorded) {
        LedgerEvent event = recorded.event();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", event.clientId().value());
        // Issued with the entry, whenever it is sent: RFC 8417 §2.2.
        claims.put("iat", event.at().getEpochSecond());
        claims.put("jti", event.recordId().toString());
        claims.put("txn", recorded.leafHash());
        claims.put("toe", event.at().getEpochSecond());
        claims.put("sub_id", subject(happened));
        claims.put("events", Map.of(issuer + "/events/" + event.kind().wire(), payload(event)));
        return claims;
    }

    private Map<String, Object> subject(Happened happened) {
        var subject = new LinkedHashMap<String, Object>();
        subject.put("format", "iss_sub");
        subject.put("iss", issuer);
        subject.put(
                "sub", persons.pairwise(happened.person(), happened.client()).toString());
        return subject;
    }

    private Map<String, Object> payload(LedgerEvent event) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("grant_id", event.grantId().toString());
        payload.put("grant_version", event.version());
        payload.put("generation", consents.generation(event.grantId(), event.version(), event.at()));
        payload.put("actor", event.actor().wire());
        event.reason().ifPresent(code -> payload.put("reason", code));
        if (!event.outcomes().isEmpty()) {
            payload.put("scope", granted(event));
        }
        return payload;
    }

    private static String granted(LedgerEvent event) {
        return event.outcomes().entrySet().stream()
                .filter(each -> each.getValue().equals("granted"))
                .map(Map.Entry::getKey)
                .map(AttributeName::value)
                .collect(Collectors.joining(" "));
    }
}
