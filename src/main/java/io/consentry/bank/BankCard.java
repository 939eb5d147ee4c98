package io.consentry.bank;

/** A group of questions on the form, shown as one card; the order is the form's. */
enum BankCard {
    ABOUT,
    CONTACT,
    HOME,
    WORK,
    CPF,
    /** What no source knows, and so everybody answers. */
    ONLY
}
