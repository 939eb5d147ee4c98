package io.consentry.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Eight customers at three banks who never rest: they are pushed, approve or refuse, are fetched, withdraw, and look
 * whether that holds. A connection that breaks is what these tests are about; an answer that should not be is kept.
 */
public final class Traffic implements AutoCloseable {

    private static final int CUSTOMERS = 8;
    private static final List<String> BANKS = List.of("harbour-bank", "plain-lender", "orchard-finance");

    /** None of them has an agency that misbehaves. */
    public static final List<String> PEOPLE = List.of(
            "S9812381D", "G5123409Q", "M2140337N", "S1522946B", "S6905538I", "S7412058Z", "S7685213H", "S8126640I");

    private final URI node;
    private final URI base;
    private final JsonNode clients;
    private final Acknowledged acknowledged;
    private final Wire wire = new Wire();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
    private volatile boolean open = true;

    private Traffic(URI node, URI base, JsonNode clients, Acknowledged acknowledged) {
        this.node = node;
        this.base = base;
        this.clients = clients;
        this.acknowledged = acknowledged;
    }

    /** Begins at a node that is its own base; the seed decides who does what, not when. */
    public static Traffic at(URI node, Acknowledged acknowledged, long seed) throws IOException, InterruptedException {
        return at(node, node, acknowledged, seed);
    }

    /** Begins at a node behind another base URL. */
    public static Traffic at(URI node, URI base, Acknowledged acknowledged, long seed)
            throws IOException, InterruptedException {
        var traffic = new Traffic(node, base, Bank.all(new Wire(), node), acknowledged);
        for (int i = 0; i < CUSTOMERS; i++) {
            String uinfin = PEOPLE.get(i);
            var random = new Random(seed + i);
            traffic.threads.submit(() -> traffic.serve(uinfin, random));
        }
        return traffic;
    }

    /** Answers that no crash excuses. */
    public List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private void serve(String uinfin, Random random) {
        while (open) {
            try {
                visit(uinfin, random);
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (AssertionError e) {
                unexpected.add(String.valueOf(e.getMessage()));
                pause();
            } catch (RuntimeException e) {
                unexpected.add(e.toString());
                pause();
            }
        }
    }

    private void visit(String uinfin, Random random) throws IOException, InterruptedException {
        Bank bank = Bank.visit(wire, base, clients, BANKS.get(random.nextInt(BANKS.size())));
        String requestUri =
                bank.push(node).expect(201).json().get("request_uri").asText();
        acknowledged.pushed(requestUri);
        if (random.nextInt(5) == 0) {
            bank.decide(node, requestUri, uinfin, "deny").expect(200);
            acknowledged.refused(requestUri);
            return;
        }
        String code = Bank.code(bank.decide(node, requestUri, uinfin, "approve"));
        acknowledged.granted(code);
        String token =
                bank.redeem(node, code).expect(200).json().get("access_token").asText();
        String grantId = "";
        for (int fetches = 1 + random.nextInt(3); fetches > 0; fetches--) {
            JsonNode consent = bank.open(bank.fetch(node, token)).get("consent");
            acknowledged.released(consent.at("/ledger/leaf_hash").asText(), uinfin);
            grantId = consent.get("grant_id").asText();
        }
        if (random.nextBoolean()) {
            withdraw(uinfin, bank, token, grantId);
        }
    }

    private void withdraw(String uinfin, Bank bank, String token, String grantId)
            throws IOException, InterruptedException {
        Customer.signIn(wire, node, uinfin).withdraw(node, grantId).expect(204);
        acknowledged.withdrawn(grantId, bank, token);
        Answer late = bank.fetch(node, token).expect(401);
        if (!late.code().equals("consent_withdrawn")) {
            unexpected.add("a withdrawn grant was refused with " + late.code());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets every customer finish. */
    @Override
    public void close() {
        open = false;
        threads.close();
    }
}
