package io.consentry.database;

/** A database role and its password. It does not print the password. */
public record Login(String role, String password) {

    @Override
    public String toString() {
        return "Login[" + role + ", redacted]";
    }
}
