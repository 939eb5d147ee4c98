package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.CatalogueOf;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.client.ClientStatus;
import io.consentry.client.GrantType;
import io.consentry.client.JoseRegistration;
import io.consentry.client.RegisteredClient;
import io.consentry.client.SignInPolicy;
import io.consentry.client.Strictness;
import io.consentry.client.TokenEndpointAuth;
import io.consentry.consent.Consent;
import io.consentry.consent.Decision;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.consent.Usage;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.source.Fetched;
import io.consentry.source.Finding;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Promise 3 over random requests, registrations, decisions and sources that say too much. */
@Requirement("CX-3")
class GateTest {

    private static final int ROUNDS = 2_000;
    private static final Set<String> ENVELOPE = Set.of("classification", "source", "lastupdated", "unavailable");

    private final Catalogue catalogue = new Catalogue();
    private final Gate gate = new Gate(catalogue, InstantSource.fixed(Instant.EPOCH));
    private final List<AttributeName> all =
            catalogue.all().stream().map(Attribute::name).toList();
    private final Set<AttributeName> purpose =
            catalogue.purpose("account_opening").orElseThrow().attributes();

    @Test
    void nothingLeavesBeyondRequestedAndRegisteredAndGranted(TestInfo test) {
        long seed = Long.getLong("consentry.seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Set<AttributeName> requested = some(random, all);
            Set<AttributeName> granted = some(random, List.copyOf(requested));
            Set<AttributeName> registered = some(random, all);
            Consent.Active consent = consent(requested, granted);

            PermittedRecord permitted = gate.keep(consent, client(registered), talkative(random));

            var allowed = new TreeSet<>(granted);
            allowed.retainAll(registered);
            allowed.retainAll(purpose);
            assertThat(leaves(permitted.personInfo()))
                    .as("%s, seed %d, round %d", test.getDisplayName(), seed, round)
                    .isSubsetOf(leavesOf(allowed));
            assertThat(permitted.outcomes().keySet()).isEqualTo(consent.terms().requested());
            assertThat(gate.wanted(consent, client(registered))).isEqualTo(allowed);
            requested.forEach(name -> assertThat(permitted.outcomes().get(name))
                    .isEqualTo(
                            !granted.contains(name)
                                    ? AttributeOutcome.WITHHELD_BY_PERSON
                                    : allowed.contains(name)
                                            ? AttributeOutcome.RELEASED
                                            : AttributeOutcome.WITHHELD_BY_POLICY));
        }
    }

    @Test
    void everyLeafOfWhatWasGrantedArrives() {
        var generous =
                new Gate(CatalogueOf.purposes("[" + version(1, false, "*") + "]"), InstantSource.fixed(Instant.EPOCH));
        for (AttributeName name : all) {
            Set<AttributeName> one = Set.of(name);

            PermittedRecord permitted = generous.keep(consent(one, one), client(one), talkative(new Random(1)));

            assertThat(leaves(permitted.personInfo())).as(name.value()).isEqualTo(leavesOf(one));
        }
    }

    @Test
    @Requirement("CX-PURPOSE-1")
    void aTemplateThatIsTightenedCountsAtOnceAndOneThatIsWithdrawnReleasesNothing() {
        Set<AttributeName> both = Set.of(new AttributeName("name"), new AttributeName("race"));
        Consent.Active consent = consent(both, both);

        assertThat(wanted(consent, both, version(1, false, "name", "race"))).isEqualTo(both);
        assertThat(wanted(consent, both, version(1, false, "name", "race") + "," + version(2, false, "name")))
                .containsExactly(new AttributeName("name"));
        assertThat(wanted(consent, both, version(1, false, "name") + "," + version(2, false, "name", "race")))
                .containsExactly(new AttributeName("name"));
        assertThat(wanted(consent, both, version(1, false, "name", "race") + "," + version(2, true, "name", "race")))
                .isEmpty();
    }

    private static Set<AttributeName> wanted(Consent.Active consent, Set<AttributeName> scope, String versions) {
        var gate = new Gate(CatalogueOf.purposes("[" + versions + "]"), InstantSource.fixed(Instant.EPOCH));
        return gate.wanted(consent, client(scope));
    }

    private static String version(int number, boolean withdrawn, String... attributes) {
        return """
                {"code": "account_opening", "version": %d, "withdrawn": %s, "attributes": ["%s"],
                 "access": {"period": "PT1H", "periodic": false}, "keeping": {"retention": "P1Y", "deleteWithin": "P1D"}}""".formatted(number, withdrawn, String.join("\", \"", attributes));
    }

    /** A source that answers every attribute of the catalogue, each with members that nobody asked for. */
    private Fetched talkative(Random random) {
        Map<AttributeName, Finding> findings = new HashMap<>();
        for (Attribute attribute : catalogue.all()) {
            ObjectNode fragment = JsonNodeFactory.instance.objectNode();
            attribute.shape().leaves().forEach(leaf -> put(fragment, leaf.path(), 0));
            all.stream()
                    .skip(random.nextInt(all.size()))
                    .limit(3)
                    .flatMap(other -> catalogue.find(other).stream())
                    .forEach(other -> other.shape().leaves().forEach(leaf -> put(fragment, leaf.path(), 0)));
            fragment.putObject("secret").put("value", "unasked");
            findings.put(attribute.name(), new Finding.OnRecord(fragment, Optional.empty()));
        }
        return new Fetched(findings, Map.of());
    }

    private static void put(ObjectNode node, List<String> path, int depth) {
        String step = path.get(depth);
        boolean last = depth == path.size() - 1;
        if (step.endsWith("[]")) {
            ArrayNode array = node.withArray("/" + step.substring(0, step.length() - 2));
            ObjectNode element = array.isEmpty() ? array.addObject() : (ObjectNode) array.get(0);
            put(element, path, depth + 1);
        } else if (last) {
            node.put(step, "x");
        } else {
            put(node.withObject("/" + step), path, depth + 1);
        }
    }

    private Set<String> leavesOf(Set<AttributeName> names) {
        var leaves = new TreeSet<String>();
        names.forEach(name -> catalogue
                .find(name)
                .ifPresent(attribute ->
                        attribute.shape().leaves().forEach(leaf -> leaves.add(String.join(".", leaf.path())))));
        return leaves;
    }

    private static Set<String> leaves(ObjectNode info) {
        var leaves = new TreeSet<String>();
        collect(info, "", leaves);
        return leaves;
    }

    private static void collect(JsonNode node, String path, Set<String> leaves) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(member -> {
                    if (!ENVELOPE.contains(member.getKey())) {
                        collect(
                                member.getValue(),
                                path
                                        + (path.isEmpty() ? "" : ".")
                                        + member.getKey()
                                        + (member.getValue().isArray() ? "[]" : ""),
                                leaves);
                    }
                });
            case ArrayNode array -> array.forEach(element -> collect(element, path, leaves));
            default -> leaves.add(path);
        }
    }

    private static Set<AttributeName> some(Random random, List<AttributeName> from) {
        var shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        return new TreeSet<>(shuffled.subList(0, random.nextInt(Math.min(20, shuffled.size()) + 1)));
    }

    private static Consent.Active consent(Set<AttributeName> requested, Set<AttributeName> granted) {
        var terms = new Terms(
                GrantId.create(LogNumber.FIRST),
                new ClientId("bank"),
                new PurposeVersion("account_opening", 1),
                new TreeSet<>(requested),
                new TreeSet<>(requested),
                Instant.EPOCH);
        var decision = new Decision(
                UUID.randomUUID(),
                Optional.empty(),
                1,
                PersonId.random(),
                new TreeSet<>(granted),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Shown.NOTHING);
        return new Consent.Active(terms, 3, decision, Usage.NONE);
    }

    private static RegisteredClient client(Set<AttributeName> scope) {
        return new RegisteredClient(
                new ClientId("bank"),
                "Bank",
                "Bank Limited",
                List.of(URI.create("https://bank.example/callback")),
                Optional.of("{\"keys\":[]}"),
                Optional.empty(),
                scope,
                Set.of(),
                Set.of("openid"),
                "account_opening",
                Set.of(GrantType.AUTHORIZATION_CODE),
                new TokenEndpointAuth.PrivateKeyJwt(),
                false,
                new JoseRegistration(Optional.of("ES256"), Optional.empty(), Optional.empty()),
                JoseRegistration.none(),
                SignInPolicy.NONE,
                Strictness.ordinary(),
                ClientStatus.ACTIVE,
                1);
    }
}
