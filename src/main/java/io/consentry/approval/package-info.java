/** The decision: how a person signs in for it, what is asked and would go, one answer, and what became of it. */
@NullMarked
@MayUse({"authorization", "consent", "release", "person", "client", "catalogue", "wording", "http"})
package io.consentry.approval;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
