/** Clients that others wrote, unmodified, against the running service. */
@NullMarked
package io.consentry.clients;

import org.jspecify.annotations.NullMarked;
