package io.consentry.bank;

/** A word above the form. */
enum BankNotice {
    NONE,
    /** The visit had ended; the form goes on by hand, with what was typed. */
    LATE
}
