package io.consentry.bank;

import static io.consentry.bank.BankOption.list;

import io.consentry.kernel.AttributeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Every question of the account-opening form, in its order. */
enum BankQuestion {
    NAME(BankCard.ABOUT, BankInput.TEXT, Need.ALWAYS, "name"),
    PINYIN(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "hanyupinyinname"),
    ALIAS(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "aliasname"),
    MARRIEDNAME(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "marriedname"),
    NRIC(BankCard.ABOUT, BankInput.ID_NUMBER, Need.ALWAYS, "uinfin"),
    SEX(BankCard.ABOUT, Need.ALWAYS, "sex", list(BankOption.FEMALE, BankOption.MALE)),
    BORN(BankCard.ABOUT, BankInput.DATE, Need.ALWAYS, "dob"),
    NATIONALITY(BankCard.ABOUT, BankInput.TEXT, Need.ALWAYS, "nationality"),
    BIRTHPLACE(BankCard.ABOUT, BankInput.TEXT, Need.ALWAYS, "birthcountry"),
    STATUS(
            BankCard.ABOUT,
            Need.BY_HAND,
            "residentialstatus",
            list(BankOption.CITIZEN, BankOption.RESIDENT, BankOption.FOREIGNER)),
    RACE(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "race"),
    PASSPORT(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "passportnumber"),
    PASSPORTEXPIRY(BankCard.ABOUT, BankInput.DATE, Need.NEVER, "passportexpirydate"),
    PASSTYPE(BankCard.ABOUT, BankInput.TEXT, Need.NEVER, "passtype"),
    PASSSTATUS(BankCard.ABOUT, BankInput.NONE, Need.NEVER, "passstatus"),
    PASSEXPIRY(BankCard.ABOUT, BankInput.DATE, Need.NEVER, "passexpirydate"),
    MARITAL(
            BankCard.ABOUT,
            Need.NEVER,
            "marital",
            list(BankOption.SINGLE, BankOption.MARRIED, BankOption.WIDOWED, BankOption.DIVORCED)),
    MOBILE(BankCard.CONTACT, BankInput.PHONE, Need.ALWAYS, "mobileno"),
    EMAIL(BankCard.CONTACT, BankInput.EMAIL, Need.ALWAYS, "email"),
    ADDRESS(BankCard.HOME, BankInput.LONG_TEXT, Need.ALWAYS, "regadd"),
    FLATTYPE(BankCard.HOME, BankInput.TEXT, Need.NEVER, "hdbtype"),
    PRIVATEHOME(BankCard.HOME, Need.NEVER, "ownerprivate", list(BankOption.YES, BankOption.NO)),
    FLAT(BankCard.HOME, BankInput.LONG_TEXT, Need.NEVER, "hdbownership.address"),
    FLATBOUGHT(BankCard.HOME, BankInput.DATE, Need.NEVER, "hdbownership.dateofpurchase"),
    FLATLOAN(BankCard.HOME, BankInput.MONEY, Need.NEVER, "hdbownership.outstandingloanbalance"),
    INSTALMENT(BankCard.HOME, BankInput.MONEY, Need.NEVER, "hdbownership.monthlyloaninstalment"),
    EMPLOYER(BankCard.WORK, BankInput.TEXT, Need.ASKED, "employment"),
    OCCUPATION(BankCard.WORK, BankInput.TEXT, Need.ALWAYS, "occupation"),
    SECTOR(BankCard.WORK, BankInput.TEXT, Need.NEVER, "employmentsector"),
    INCOME(BankCard.WORK, BankInput.MONEY, Need.ALWAYS, "noa-basic"),
    INCOMES(BankCard.WORK, BankInput.MONEY, Need.NEVER, "noahistory-basic"),
    OA(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfbalances.oa"),
    SA(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfbalances.sa"),
    MA(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfbalances.ma"),
    RA(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfbalances.ra"),
    CONTRIBUTIONS(BankCard.CPF, BankInput.NONE, Need.NEVER, "cpfcontributions"),
    LASTCPF(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfcontributions"),
    SECONDCPF(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfcontributions"),
    THIRDCPF(BankCard.CPF, BankInput.MONEY, Need.NEVER, "cpfcontributions"),
    EMPLOYERS(BankCard.CPF, BankInput.NONE, Need.NEVER, "cpfemployers"),
    PURPOSE(list(BankOption.DAILY, BankOption.SAVING, BankOption.INVESTING, BankOption.TRADING)),
    FUNDS(list(BankOption.SALARY, BankOption.BUSINESS, BankOption.SAVINGS, BankOption.GIFT, BankOption.PENSION)),
    TAX(list(BankOption.HERE, BankOption.BOTH, BankOption.ELSEWHERE)),
    TAXCOUNTRY(BankCard.ONLY, BankInput.TEXT, Need.NEVER, ""),
    TIN(BankCard.ONLY, BankInput.TEXT, Need.NEVER, ""),
    EXPOSURE(list(BankOption.NOBODY, BankOption.MYSELF, BankOption.CLOSE)),
    OFFICE(BankCard.ONLY, BankInput.TEXT, Need.NEVER, "");

    /** When the bank insists on an answer. */
    enum Need {
        ALWAYS,
        /** Insisted on when the form is filled in by hand; else only if a source is expected to know. */
        BY_HAND,
        /** Asked, even when it does not apply to a source, but may stay empty. */
        ASKED,
        NEVER
    }

    /** Tells which questions hang on one choice: they need an answer when it is chosen, and none otherwise. */
    record Condition(BankQuestion question, List<BankOption> options) {}

    private final BankCard card;
    private final BankInput input;
    private final Need need;
    private final Optional<AttributeName> attribute;
    private final List<BankOption> options;

    BankQuestion(BankCard card, BankInput input, Need need, String attribute, List<BankOption> options) {
        this.card = card;
        this.input = input;
        this.need = need;
        this.attribute = attribute.isEmpty() ? Optional.empty() : Optional.of(new AttributeName(attribute));
        this.options = options;
    }

    BankQuestion(BankCard card, BankInput input, Need need, String attribute) {
        this(card, input, need, attribute, List.of());
    }

    BankQuestion(BankCard card, Need need, String attribute, List<BankOption> options) {
        this(card, BankInput.CHOICE, need, attribute, options);
    }

    BankQuestion(List<BankOption> options) {
        this(BankCard.ONLY, BankInput.CHOICE, Need.ALWAYS, "", options);
    }

    BankCard card() {
        return card;
    }

    BankInput input() {
        return input;
    }

    Need need() {
        return need;
    }

    /** The attribute that answers it; empty when no source can. */
    Optional<AttributeName> attribute() {
        return attribute;
    }

    public List<BankOption> options() {
        return options;
    }

    /** The name of its input, and its anchor on the page. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the person declared in the first place, and so may change on the form. */
    boolean isEditable() {
        return this == MOBILE || this == EMAIL || this == MARITAL;
    }

    /** Further names, which are shown as lines of the name. */
    boolean isNameLine() {
        return this == PINYIN || this == ALIAS || this == MARRIEDNAME;
    }

    /** Shown as a table of its own. */
    boolean isTable() {
        return this == CONTRIBUTIONS || this == EMPLOYERS;
    }

    /** Asked in place of the table of contributions, which nobody could type; counted from the latest, 0 first. */
    OptionalInt contribution() {
        return switch (this) {
            case LASTCPF -> OptionalInt.of(0);
            case SECONDCPF -> OptionalInt.of(1);
            case THIRDCPF -> OptionalInt.of(2);
            default -> OptionalInt.empty();
        };
    }

    Optional<Condition> condition() {
        return switch (this) {
            case TAXCOUNTRY, TIN -> Optional.of(new Condition(TAX, list(BankOption.BOTH, BankOption.ELSEWHERE)));
            case OFFICE -> Optional.of(new Condition(EXPOSURE, list(BankOption.MYSELF, BankOption.CLOSE)));
            default -> Optional.empty();
        };
    }

    static List<BankQuestion> of(BankCard card) {
        return Arrays.stream(values()).filter(question -> question.card == card).toList();
    }
}
