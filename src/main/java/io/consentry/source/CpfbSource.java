package io.consentry.source;

import static io.consentry.source.Decoders.cents;
import static io.consentry.source.Decoders.count;
import static io.consentry.source.Decoders.dollars;
import static io.consentry.source.Decoders.isoDate;
import static io.consentry.source.Decoders.isoMonth;
import static io.consentry.source.Decoders.number;
import static io.consentry.source.Decoders.record;
import static io.consentry.source.Decoders.records;
import static io.consentry.source.Decoders.under;
import static io.consentry.source.Decoders.value;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Accounts, contributions and withdrawals (CPF Board). Counts in cents; an account never opened is no record. */
@Singleton
final class CpfbSource implements Source {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");
    private static final Layout LAYOUT = new Layout(
            "memberAccountNo",
            "statementDate",
            ISO_LOCAL_DATE,
            "accountStatus",
            "NO_ACCOUNT",
            "NOT_A_MEMBER",
            "PARTIAL");

    private final CpfbApi api;
    private final Addresses addresses;
    private final List<Item> items;

    CpfbSource(@RestClient CpfbApi api, Addresses addresses) {
        this.api = api;
        this.addresses = addresses;
        this.items = List.of(
                Item.of("cpfbalances.oa", "ordinaryAccount.balanceCents", cents()),
                Item.of("cpfbalances.sa", "specialAccount.balanceCents", cents()),
                Item.of("cpfbalances.ma", "medisaveAccount.balanceCents", cents()),
                Item.of("cpfbalances.ra", "retirementAccount.balanceCents", cents()),
                Item.of(
                        "cpfcontributions",
                        "contributions.ledger",
                        under("history", records(Contribution.class, CpfbSource::contribution))),
                Item.of(
                        "cpfemployers",
                        "contributions.employers",
                        under("history", records(Employer.class, CpfbSource::employer))),
                Item.of(
                        "cpfhousingwithdrawal",
                        "housing.withdrawals",
                        under("withdrawaldetails", records(Withdrawal.class, this::withdrawal))),
                Item.of("cpfinvestmentscheme.sdsnetshareholdingqty", "discountedShares.quantity", count()),
                Item.of(
                        "cpfinvestmentscheme.account",
                        "investmentAccount.account",
                        record(BankAccount.class, CpfbSource::account)),
                Item.of(
                        "cpfinvestmentscheme.saqparticipationstatus",
                        "selfAwareness.participation",
                        record(Participation.class, CpfbSource::participation)));
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

    private static JsonNode contribution(Contribution told) {
        ObjectNode node = object();
        node.set("employer", value(told.employer()));
        node.set("date", value(isoDate(told.paidOn(), ISO_LOCAL_DATE)));
        node.set("month", value(isoMonth(told.forMonth(), MONTH)));
        node.set("amount", number(dollars(told.cents())));
        return node;
    }

    private static JsonNode employer(Employer told) {
        ObjectNode node = object();
        node.set("employer", value(told.employer()));
        node.set("month", value(isoMonth(told.forMonth(), MONTH)));
        return node;
    }

    private JsonNode withdrawal(Withdrawal told) {
        ObjectNode node = object();
        node.set("address", addresses.local(told.property()));
        node.set("accruedinterestamt", number(dollars(told.accruedInterestCents())));
        node.set("monthlyinstalmentamt", number(dollars(told.monthlyInstalmentCents())));
        node.set("principalwithdrawalamt", number(dollars(told.principalCents())));
        node.set("totalamountofcpfallowedforproperty", number(dollars(told.limitCents())));
        return node;
    }

    private static JsonNode account(BankAccount told) {
        ObjectNode node = object();
        node.set("agentbankcode", value(told.agentBank()));
        node.set("invbankacctno", value(told.accountNo()));
        return node;
    }

    private static JsonNode participation(Participation told) {
        return object().put("code", told.code()).put("desc", told.meaning());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private record Contribution(String paidOn, String forMonth, String employer, BigInteger cents) {}

    private record Employer(String forMonth, String employer) {}

    private record Withdrawal(
            Addresses.Local property,
            BigInteger principalCents,
            BigInteger accruedInterestCents,
            BigInteger monthlyInstalmentCents,
            BigInteger limitCents) {}

    private record BankAccount(String agentBank, String accountNo) {}

    private record Participation(String code, String meaning) {}
}
