/**
 * Problem details, security headers, trace ids and CSRF: what every endpoint shares at the HTTP edge.
 */
@NullMarked
@MayUse({"database", "schema"})
@Owns({"limit_spent"})
package io.consentry.http;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;
