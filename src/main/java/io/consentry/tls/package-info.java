/**
 * TLS in the service itself: its certificate, the sandbox's own certificate authority, and the listener that asks for
 * client certificates (RFC 8705).
 */
@NullMarked
@MayUse({})
package io.consentry.tls;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
