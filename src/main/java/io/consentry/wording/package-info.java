/**
 * Dates, money, lists, lengths of time, counts and values as people read them, in their language: the one door through
 * which a language enters.
 */
@NullMarked
@MayUse({"catalogue"})
package io.consentry.wording;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
