package io.consentry.program.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Bank;
import io.consentry.program.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Releases to be asked for: grants that people gave, and requests on them that are signed before they are needed. */
final class Releases {

    private static final String CLIENT = "harbour-bank";
    private static final List<String> PEOPLE = List.of(
            "S9812381D", "G5123409Q", "M2140337N", "S1522946B", "S6905538I", "S7412058Z", "S7685213H", "S8126640I");

    /** What most banks ask for; all that a client is registered for would measure the mock agencies above all. */
    private static final String SCOPE = "openid uinfin name dob regadd mobileno email";

    private final List<Grant> grants;
    private int next;

    private Releases(List<Grant> grants) {
        this.grants = grants;
    }

    private record Grant(Bank bank, String accessToken) {}

    /** The headers of one request. */
    record Signed(String authorization, String proof) {}

    static Releases on(URI node, int grants) throws IOException, InterruptedException, ExecutionException {
        JsonNode clients = Bank.all(new Wire(), node);
        var made = new ArrayList<Grant>();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<Grant>>();
            for (int i = 0; i < grants; i++) {
                String person = PEOPLE.get(i % PEOPLE.size());
                all.add(people.submit(() -> {
                    Bank bank = Bank.visit(new Wire(), node, clients, CLIENT);
                    return new Grant(bank, bank.accessToken(node, person, java.util.Map.of("scope", SCOPE)));
                }));
            }
            for (Future<Grant> one : all) {
                made.add(one.get());
            }
        }
        return new Releases(made);
    }

    /** Fresh ones: a proof is good once and for a short time. */
    List<Signed> signed(int count) {
        var requests = new ArrayList<Signed>(count);
        for (int i = 0; i < count; i++) {
            Grant grant = grants.get(next++ % grants.size());
            requests.add(new Signed("DPoP " + grant.accessToken(), grant.bank().fetchProof(grant.accessToken())));
        }
        return requests;
    }
}
