/**
 * What happens before Quarkus starts: settings are read and refused, ports claimed, the local database started. What is
 * decided here Quarkus learns through system properties.
 */
@NullMarked
@MayUse({"database", "postgres", "key", "tls"})
package io.consentry.launch;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
