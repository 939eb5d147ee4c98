package io.consentry.bank;

/** How a question is answered by hand. */
enum BankInput {
    TEXT,
    LONG_TEXT,
    EMAIL,
    PHONE,
    ID_NUMBER,
    DATE,
    MONEY,
    CHOICE,
    /** Not asked by hand: only a source can tell it. */
    NONE
}
