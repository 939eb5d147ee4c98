/**
 * The modules of the certification plan for FAPI 2.0 Security Profile, one rule each, acted out as the certification's own
 * client does it. A rule's requirement id is the number of its module.
 */
@NullMarked
package io.consentry.certification;

import org.jspecify.annotations.NullMarked;
