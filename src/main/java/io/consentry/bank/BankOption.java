package io.consentry.bank;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An answer to choose. Where Myinfo has a code for it, {@link #code} is that; the form sends the constant's name. */
enum BankOption {
    FEMALE("F"),
    MALE("M"),
    CITIZEN("C"),
    RESIDENT("P"),
    FOREIGNER("A"),
    SINGLE("1"),
    MARRIED("2"),
    WIDOWED("3"),
    DIVORCED("5"),
    YES("true"),
    NO("false"),
    DAILY,
    SAVING,
    INVESTING,
    TRADING,
    SALARY,
    BUSINESS,
    SAVINGS,
    GIFT,
    PENSION,
    HERE,
    BOTH,
    ELSEWHERE,
    NOBODY,
    MYSELF,
    CLOSE;

    private final String code;

    BankOption() {
        this("");
    }

    BankOption(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    /** The option with this name among those offered. */
    static Optional<BankOption> named(String name, List<BankOption> offered) {
        return offered.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** The option with this Myinfo code among those offered. */
    static Optional<BankOption> coded(String code, List<BankOption> offered) {
        return offered.stream()
                .filter(option -> !code.isEmpty() && option.code.equals(code))
                .findFirst();
    }

    static List<BankOption> list(BankOption... options) {
        return List.copyOf(Arrays.asList(options));
    }
}
