/** What tests of every package share: the running service, its database, seeded generators. */
@NullMarked
package io.consentry.testing;

import org.jspecify.annotations.NullMarked;
