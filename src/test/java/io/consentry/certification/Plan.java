package io.consentry.certification;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.testing.Answer;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two clients of a certification plan: plain userinfo, and the second one's redirect URI has a query. */
record Plan(TestClient first, TestClient second) {

    static final String PERSON = ClientFlow.COMPLETE;

    /** Of the first client, of the second, and of the proofs of each: making one takes long. */
    private static final List<JWK> RSA =
            List.of(TestClient.rsaKey(2048), TestClient.rsaKey(2048), TestClient.rsaKey(2048), TestClient.rsaKey(2048));

    /** Clients that sign ES256. */
    static Plan es256(Clients clients) {
        return of(clients, TestClient.ecKey(KeyUse.SIGNATURE), TestClient.ecKey(KeyUse.SIGNATURE));
    }

    /** Clients that sign PS256. */
    static Plan ps256(Clients clients) {
        return of(clients, RSA.get(0), RSA.get(1));
    }

    private static Plan of(Clients clients, JWK one, JWK other) {
        return new Plan(
                TestClient.registered(clients, one, metadata -> {}),
                TestClient.registered(
                        clients,
                        other,
                        metadata -> metadata.putArray("redirect_uris")
                                .add("https://bank.example/callback?dummy1=lorem&dummy2=ipsum")));
    }

    /** A flow of the first client. */
    ClientFlow flow() {
        return flow(first);
    }

    /** The certification client's DPoP key is of the kind of its client key. */
    static ClientFlow flow(TestClient client) {
        boolean rsa = client.signingKey().getKeyType().equals(KeyType.RSA);
        return rsa ? client.flow(RSA.get(client.signingKey().equals(RSA.getFirst()) ? 2 : 3)) : client.flow();
    }

    /** Pushes, and checks the answer. */
    static ClientFlow push(ClientFlow flow) {
        return push(flow, flow.par());
    }

    /** Pushes a request that differs, and checks the answer. */
    static ClientFlow push(ClientFlow flow, Call par) {
        Answer answer = par.send();
        Expectations.pushed(answer);
        return flow.pushed(answer);
    }

    /** The authorization URL as the certification client sends it: with duplicates of what was pushed. */
    static Call authorization(ClientFlow flow) {
        return flow.authorize().appending(duplicates(flow, List.of("response_type", "scope", "redirect_uri")));
    }

    /** The same with the duplicates in reverse order. */
    static Call authorizationInReverse(ClientFlow flow) {
        return flow.authorize().appending(duplicates(flow, List.of("redirect_uri", "scope", "response_type")));
    }

    private static String duplicates(ClientFlow flow, List<String> names) {
        var query = new StringBuilder();
        for (String name : names) {
            String value = switch (name) {
                case "response_type" -> "code";
                case "scope" -> flow.client().scope();
                default -> flow.redirectUri();
            };
            query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    /** The person signs in and approves in a browser. Returns where it goes. */
    static URI approve(Call authorization) {
        String page = Browser.follow(authorization);
        return Browser.of(PERSON).approve(page);
    }

    /** From the push to the code, all answers checked. */
    static ClientFlow untilCode(ClientFlow flow) {
        return untilCode(flow, flow.par());
    }

    /** The same for a push that differs. */
    static ClientFlow untilCode(ClientFlow flow, Call par) {
        push(flow, par);
        Expectations.approved(flow, flow.returned(approve(authorization(flow))), flow.state());
        return flow;
    }

    /** From the push to the tokens, all answers checked. */
    static ClientFlow untilToken(ClientFlow flow) {
        untilCode(flow);
        Expectations.redeemed(flow, flow.redeem());
        return flow;
    }
}
