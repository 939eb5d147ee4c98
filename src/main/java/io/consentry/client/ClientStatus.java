package io.consentry.client;

/** Whether a client may use the service at the moment. */
public enum ClientStatus {
    ACTIVE,
    SUSPENDED
}
