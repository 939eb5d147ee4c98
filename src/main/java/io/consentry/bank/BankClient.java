package io.consentry.bank;

import io.consentry.bank.BankVisit.Access;
import io.consentry.bank.Registrations.Registration;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The bank's dealings with Consentry: nothing but what any registered client can do over HTTP. */
@ApplicationScoped
class BankClient {

    private static final String CLIENT_ID = "harbour-bank";

    private final Registrations registrations;
    private final Settings settings;
    private final BankSite site;

    BankClient(Registrations registrations, Settings settings, BankSite site) {
        this.registrations = registrations;
        this.settings = settings;
        this.site = site;
    }

    /** A customer about to be sent to Consentry. */
    record Sent(RelyingParty client, URI to) {}

    /** Pushes a request for everything the form can use. */
    Sent send() throws RelyingPartyException {
        Registration self = registrations
                .find(CLIENT_ID)
                .orElseThrow(() -> new RelyingPartyException("the bank is not registered"));
        RelyingParty client =
                RelyingParty.visit(URI.create(settings.issuer()), CLIENT_ID, self.privateKeys(), site.redirectUri());
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
}
