package io.consentry.testing;

import io.quarkus.test.common.WithTestResource;

/** Applies {@link ConsentryTestResource} to every test of the running service, without a word in any of them. */
@WithTestResource(value = ConsentryTestResource.class, scope = io.quarkus.test.common.TestResourceScope.GLOBAL)
final class ServiceTestGround {

    private ServiceTestGround() {}
}
