package io.consentry.consent;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Valid consents in the state that a test starts from. */
@ApplicationScoped
public class ConsentFixture {

    private final Consents consents;
    private final Persons persons;
    private final ManyConsents many;

    private final AmendmentRequests requests;
    private final DecisionFixture decisions;
    private final InstantSource clock;

    ConsentFixture(
            Consents consents,
            Persons persons,
            ManyConsents many,
            AmendmentRequests requests,
            DecisionFixture decisions,
            InstantSource clock) {
        this.consents = consents;
        this.requests = requests;
        this.decisions = decisions;
        this.clock = clock;
        this.many = many;
        this.persons = persons;
    }

    public PersonId person() {
        return persons.enrol(new NationalId("S7944061B"));
    }

    public PersonId anotherPerson() {
        return persons.enrol(new NationalId("S8812378F"));
    }

    public Consent.Requested requested() {
        return consents.request(terms(), Duration.ofMinutes(10));
    }

    public Consent.Presented presented(PersonId person) {
        return made(decisions.present(requested().terms().grantId(), person));
    }

    public Consent.Active active(PersonId person) {
        GrantId grant = requested().terms().grantId();
        return made(decisions.grant(grant, person, approval(Duration.ofHours(1))));
    }

    /** In force for an hour, for a client and a purpose. */
    @Transactional
    public Consent.Active active(PersonId person, ClientId client, String purpose) {
        Terms usual = terms();
        var terms = new Terms(
                usual.grantId(),
                client,
                new PurposeVersion(purpose, 1),
                usual.requested(),
                usual.optional(),
                usual.requestedAt());
        consents.request(terms, Duration.ofMinutes(10));
        return made(decisions.grant(terms.grantId(), person, approval(Duration.ofHours(1))));
    }

    /** Many of them, made in one transaction. */
    public List<Consent.Active> active(PersonId person, int number) {
        return activeOn(person, number, ConsentFixture::terms);
    }

    /** In force, for another purpose than opening an account. */
    public List<Consent.Active> active(PersonId person, int number, PurposeVersion purpose) {
        return activeOn(person, number, () -> terms(purpose, names("name", "dob"), names()));
    }

    /** In force, each of a client of its own. */
    public List<Consent.Active> active(PersonId person, int number, Supplier<ClientId> clients) {
        return activeOn(person, number, () -> {
            Terms usual = terms();
            return new Terms(
                    usual.grantId(),
                    clients.get(),
                    usual.purpose(),
                    usual.requested(),
                    usual.optional(),
                    usual.requestedAt());
        });
    }

    /** A client asks for a change of a grant, and somebody comes for it at once. */
    public Optional<Amendment.Requested> asked(AmendmentRequests.Wish wish, Duration timeToDecide) {
        Instant now = clock.instant();
        return requests.against(wish)
                .flatMap(generation ->
                        requests.request(wish, new AmendmentRequests.Timing(generation, now, now.plus(timeToDecide))));
    }

    /** Requests to amend them by more attributes, each shown to its person. */
    public List<AmendmentId> amendmentsShown(List<Consent.Active> grants, Set<AttributeName> more) {
        return many.amendmentsShown(grants, more);
    }

    private List<Consent.Active> activeOn(PersonId person, int number, Supplier<Terms> terms) {
        List<Consent.Active> grants = Stream.generate(() -> ManyConsents.approved(terms.get(), person))
                .limit(number)
                .toList();
        many.write(grants);
        return grants;
    }

    /** Of everything that was asked for, in force for so long. */
    public static OpenDecision.Approval approval(Duration accessPeriod) {
        return new OpenDecision.Approval(Set.of(), accessPeriod, Shown.NOTHING);
    }

    public static Terms terms() {
        return terms(new PurposeVersion("account_opening", 1), names("name", "sex", "noa", "email"), names("email"));
    }

    private static Terms terms(
            PurposeVersion purpose, TreeSet<AttributeName> requested, TreeSet<AttributeName> optional) {
        return new Terms(
                GrantId.create(LogNumber.FIRST), new ClientId("harbour-bank"), purpose, requested, optional, now());
    }

    /** As exactly as a row keeps it. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static TreeSet<AttributeName> names(String... names) {
        return Stream.of(names).map(AttributeName::new).collect(Collectors.toCollection(TreeSet::new));
    }

    public static <C extends Consent> C made(Transition<Consent, C> change) {
        return ((Transition.Made<Consent, C>) change).state();
    }
}
