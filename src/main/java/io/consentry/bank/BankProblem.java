package io.consentry.bank;

/** What is wrong with an answer. */
enum BankProblem {
    MISSING,
    NOCHOICE,
    NODATE,
    NOMONEY,
    NOEMAIL,
    NOPHONE,
    NOIDNUMBER,
    TOOLONG,
    NOTCONFIRMED
}
