/**
 * Problem details, security headers, trace ids and CSRF: what every endpoint shares at the HTTP edge.
 */
@NullMarked
@MayUse({"database"})
package io.consentry.http;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
