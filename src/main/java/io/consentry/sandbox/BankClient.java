package io.consentry.sandbox;

import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.kernel.Settings;
import io.consentry.sandbox.BankVisit.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.text.ParseException;

/** The bank's dealings with Consentry: nothing but what any registered client can do over HTTP. */
@ApplicationScoped
class BankClient {

    private static final String CLIENT_ID = "harbour-bank";

    private final ReadyClients clients;
    private final Settings settings;
    private final BankSite site;

    BankClient(ReadyClients clients, Settings settings, BankSite site) {
        this.clients = clients;
        this.settings = settings;
        this.site = site;
    }

    /** A customer about to be sent to Consentry. */
    record Sent(RelyingParty client, URI to) {}

    /** Pushes a request for everything the form can use. */
    Sent send() throws RelyingPartyException {
        ReadyClient self = self();
        RelyingParty client =
                RelyingParty.visit(URI.create(settings.issuer()), CLIENT_ID, keys(self), site.redirectUri());
        return new Sent(client, client.authorizationUri(client.push(self.scope())));
    }

    /** Redeems a code. */
    Access redeem(RelyingParty client, RelyingParty.Returned.Code code) throws RelyingPartyException {
        return new Access(client, client.redeem(code.value()));
    }

    /** Fetches the values, under an access that the customer granted. */
    BankRecord fetch(Access access) throws RelyingPartyException {
        return BankRecord.of(access.client().fetch(access.tokens()));
    }

    private ReadyClient self() throws RelyingPartyException {
        return clients.all().stream()
                .filter(client -> client.clientId().equals(CLIENT_ID))
                .findFirst()
                .orElseThrow(() -> new RelyingPartyException("the bank is not registered"));
    }

    private static JWKSet keys(ReadyClient self) throws RelyingPartyException {
        try {
            return JWKSet.parse(self.jwks());
        } catch (ParseException e) {
            throw new RelyingPartyException(e);
        }
    }
}
