package io.consentry.source;

import static io.consentry.source.Composites.each;
import static io.consentry.source.Composites.part;
import static io.consentry.source.Composites.parts;
import static io.consentry.source.Composites.under;
import static io.consentry.source.Dates.givenDate;
import static io.consentry.source.Dates.month;
import static io.consentry.source.Notation.ISO;
import static io.consentry.source.Numbers.cents;
import static io.consentry.source.Numbers.count;
import static io.consentry.source.Texts.oneOf;
import static io.consentry.source.Texts.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Accounts, contributions and withdrawals (CPF Board). Counts in cents; an account never opened is no record. */
@Singleton
final class CpfbSource implements Source {

    private static final Layout LAYOUT = new Layout(
            "memberAccountNo", "statementDate", ISO, "accountStatus", "NO_ACCOUNT", "NOT_A_MEMBER", "PARTIAL");

    private static final long MOST_SHARES = 1_000_000_000;
    private static final Decoder EMPLOYER =
            parts(part("employer", "employer", text()), part("month", "forMonth", month()));
    private static final Decoder CONTRIBUTION = parts(
            part("employer", "employer", text()),
            part("date", "paidOn", givenDate(ISO)),
            part("month", "forMonth", month()),
            part("amount", "cents", cents()));
    private static final Decoder PARTICIPATION =
            parts(part("code", "code", oneOf("Y", "X", "N")), part("desc", "meaning", text()));

    private final CpfbApi api;
    private final List<Item> items;

    CpfbSource(@RestClient CpfbApi api, Addresses addresses) {
        this.api = api;
        this.items = List.of(
                Item.of("cpfbalances.oa", "ordinaryAccount.balanceCents", cents()),
                Item.of("cpfbalances.sa", "specialAccount.balanceCents", cents()),
                Item.of("cpfbalances.ma", "medisaveAccount.balanceCents", cents()),
                Item.of("cpfbalances.ra", "retirementAccount.balanceCents", cents()),
                Item.of("cpfcontributions", "contributions.ledger", under("history", each(CONTRIBUTION))),
                Item.of("cpfemployers", "contributions.employers", under("history", each(EMPLOYER))),
                Item.of(
                        "cpfhousingwithdrawal",
                        "housing.withdrawals",
                        under("withdrawaldetails", each(withdrawal(addresses)))),
                Item.of("cpfinvestmentscheme.sdsnetshareholdingqty", "discountedShares.quantity", count(MOST_SHARES)),
                Item.of(
                        "cpfinvestmentscheme.account",
                        "investmentAccount.account",
                        parts(part("agentbankcode", "agentBank", text()), part("invbankacctno", "accountNo", text()))),
                Item.of(
                        "cpfinvestmentscheme.saqparticipationstatus",
                        "selfAwareness.participation",
                        CpfbSource::participation));
    }

    @Override
    public SourceId id() {
        return SourceId.CPFB;
    }

    @Override
    public String name() {
        return "cpfb";
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public List<Item> items() {
        return items;
    }

    @Override
    public InputStream ask(NationalId person, Set<String> members) {
        return api.statement(new CpfbApi.Request(person.value(), members));
    }

    private static Decoder withdrawal(Addresses addresses) {
        return parts(
                part("address", "property", addresses.local()),
                part("accruedinterestamt", "accruedInterestCents", cents()),
                part("monthlyinstalmentamt", "monthlyInstalmentCents", cents()),
                part("principalwithdrawalamt", "principalCents", cents()),
                part("totalamountofcpfallowedforproperty", "limitCents", cents()));
    }

    /** A code of the Board's own, with its meaning: {@code {code, desc}} and no leaves below. */
    private static JsonNode participation(JsonNode told) {
        JsonNode read = PARTICIPATION.decode(told);
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", read.at("/code/value").textValue())
                .put("desc", read.at("/desc/value").textValue());
    }
}
