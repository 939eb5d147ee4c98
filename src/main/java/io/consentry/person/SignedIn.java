package io.consentry.person;

import io.consentry.kernel.Handle;

/** A signed-in person, with the handle that their pages' forms are bound to. */
public record SignedIn(Session session, Handle handle) {}
