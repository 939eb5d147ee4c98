/**
 * The attackers of the FAPI 2.0 Attacker Model against its goals: authorization, authentication and session integrity. Each
 * test is a scenario: what the attacker has, what they try, and what must happen. A requirement id names attacker and goal.
 */
@NullMarked
package io.consentry.attacker;

import org.jspecify.annotations.NullMarked;
