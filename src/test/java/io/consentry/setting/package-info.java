/** Holds the settings to their bounds, and their page to the settings. */
@NullMarked
package io.consentry.setting;

import org.jspecify.annotations.NullMarked;
