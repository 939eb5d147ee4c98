package io.consentry.authorization;

import static java.util.Objects.requireNonNull;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.key.SealedRow;
import io.consentry.person.Assurance;
import io.consentry.person.Session;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pushed authorization request. Open until somebody has decided or its time is over. */
@Entity
@Table(name = "authorization_request")
class RequestRow extends SealedRow {

    @Id
    UUID id;

    @Column(name = "request_uri_hash")
    byte[] requestUriHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    /** Where the request is to amend a grant. */
    @Column(name = "amendment_id")
    @Nullable UUID amendmentId;

    @Column(name = "protocol_scope")
    String[] protocolScope;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column
    @Nullable String state;

    @Column
    @Nullable String nonce;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "decide_by")
    Instant decideBy;

    @Column(name = "pushed_at")
    Instant pushedAt;

    /** How many of its client's may be open, with this one, for it to be taken; null in rows from before they were counted. */
    @Column(name = "most_open")
    @Nullable Integer mostOpen;

    @Column
    boolean silent;

    @Column(name = "fresh_after")
    @Nullable Instant freshAfter;

    @Column(name = "acr_values")
    String[] acrValues;

    @Column(name = "acr_asked")
    boolean acrAsked;

    @Column
    @Nullable Short assurance;

    @Column
    UUID[] subjects;

    @Column
    byte @Nullable [] hint;

    @Column(name = "ui_locale")
    @Nullable String uiLocale;

    @Column(name = "sealed_message")
    byte @Nullable [] sealedMessage;

    @Column(name = "sign_in_asked_at")
    @Nullable Instant signInAskedAt;

    /** What it asks for; null in rows from before it was kept here. */
    @Column
    @Nullable String purpose;

    @Column(name = "template_version")
    @Nullable Integer templateVersion;

    @Column
    String @Nullable [] requested;

    /** Of what is requested, or of all that could be where it is to amend a grant, what the person may decline. */
    @Column
    String @Nullable [] optional;

    /** How it is to amend a grant; null when it asks for a new one. */
    @Column(name = "amend_mode")
    @Nullable String amendMode;

    @Column(name = "amend_generation")
    @Nullable Integer amendGeneration;

    /** When the consent or the amendment that it asks for was written, since somebody came for it. */
    @Column(name = "recorded_at")
    @Nullable Instant recordedAt;

    @Column(name = "finished_at")
    @Nullable Instant finishedAt;

    /** A {@link DecisionKind}, or null while nobody has decided, or where it ended without. */
    @Column
    @Nullable String decision;

    /** What an approval left out. */
    @Column
    String @Nullable [] declined;

    /** By which session it was decided. */
    @Column(name = "decided_by")
    @Nullable String decidedBy;

    /** What the browser was sent back with instead of a code. */
    @Column
    @Nullable String error;

    @Column(name = "error_description")
    @Nullable String errorDescription;

    /** Notes who decided, and how. */
    void decide(DecisionKind kind, Session person) {
        decision = kind.column();
        decidedBy = person.id();
    }

    /** Whether this was decided. */
    boolean was(DecisionKind kind) {
        return kind.column().equals(decision);
    }

    static Set<AttributeName> names(String @Nullable [] texts) {
        return texts == null
                ? Set.of()
                : Arrays.stream(texts).map(AttributeName::new).collect(Collectors.toUnmodifiableSet());
    }

    static String[] texts(Set<AttributeName> names) {
        return names.stream().map(AttributeName::value).sorted().toArray(String[]::new);
    }

    /** The level of assurance that the sign-in must reach. */
    Optional<Assurance> least() {
        return Optional.ofNullable(assurance).map(Assurance::ofLevel);
    }

    /** Takes over what a request asks for, for a grant that it names or for a new one, in this log. */
    void write(AuthorizationRequest request, LogNumber ofNewGrant, Instant now) {
        pushedAt = now;
        clientId = request.client().value();
        purpose = request.purpose().code();
        templateVersion = request.purpose().version();
        requested = texts(request.requested());
        optional = texts(request.optional());
        state = request.state().orElse(null);
        write(request.grant(), ofNewGrant);
        write(request.code());
        write(request.signIn());
    }

    private void write(GrantManagement grant, LogNumber ofNewGrant) {
        switch (grant) {
            case GrantManagement.Create anew ->
                grantId = GrantId.create(ofNewGrant).value();
            case GrantManagement.Amend(Mode mode, GrantId amended) -> {
                grantId = amended.value();
                amendMode = mode.name().toLowerCase(Locale.ROOT);
            }
        }
        log = new GrantId(grantId).log().column();
    }

    private void write(CodeTerms code) {
        redirectUri = code.redirectUri().toString();
        nonce = code.nonce().orElse(null);
        codeChallenge = code.challenge();
        dpopJkt = code.dpopJkt().orElse(null);
        protocolScope = code.protocolScope().toArray(String[]::new);
    }

    private void write(DemandedSignIn demanded) {
        silent = demanded.silent();
        freshAfter = demanded.maxAge().map(pushedAt::minus).orElse(null);
        acrValues = demanded.levels().stream().map(Assurance::acr).toArray(String[]::new);
        acrAsked = demanded.acrAsked();
        assurance = demanded.least().map(level -> (short) level.level()).orElse(null);
        subjects = demanded.subjects().toArray(UUID[]::new);
        hint = demanded.hint().orElse(null);
        uiLocale = demanded.language().orElse(null);
    }

    /** What it asks for, as it passed the checks. */
    AuthorizationRequest read() {
        return new AuthorizationRequest(
                new ClientId(clientId),
                grant(),
                new PurposeVersion(requireNonNull(purpose), requireNonNull(templateVersion)),
                names(requested),
                names(optional),
                Optional.ofNullable(state),
                code(),
                signIn());
    }

    private GrantManagement grant() {
        return amendMode == null
                ? new GrantManagement.Create()
                : new GrantManagement.Amend(Mode.valueOf(amendMode.toUpperCase(Locale.ROOT)), new GrantId(grantId));
    }

    CodeTerms code() {
        return new CodeTerms(
                URI.create(redirectUri),
                Optional.ofNullable(nonce),
                codeChallenge,
                Optional.ofNullable(dpopJkt),
                List.of(protocolScope));
    }

    DemandedSignIn signIn() {
        return new DemandedSignIn(
                silent,
                Optional.ofNullable(freshAfter).map(time -> Duration.between(time, pushedAt)),
                Arrays.stream(acrValues)
                        .flatMap(acr -> Assurance.ofAcr(acr).stream())
                        .toList(),
                acrAsked,
                least(),
                Set.of(subjects),
                Optional.ofNullable(hint),
                Optional.ofNullable(uiLocale));
    }

    /**
     * Whether somebody may still decide. What nobody has come for is as dead as its address, whoever has its page: so nothing is open
     * that its client's bound does not count.
     */
    boolean isOpen(Instant now) {
        boolean cameFor = recordedAt != null || signInAskedAt != null;
        return finishedAt == null && now.isBefore(cameFor ? decideBy : expiresAt);
    }
}
