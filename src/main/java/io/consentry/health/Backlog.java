package io.consentry.health;

import java.time.Duration;
import java.time.Instant;
import org.jooq.Record1;
import org.jooq.Select;

/**
 * Work that was committed and is done later, judged by how long its oldest piece has waited: not by whether somebody tried. All
 * nodes share it, so a backlog that is too old makes the service degraded, and no node unready. A package declares those of its
 * own tables as beans of this type; {@link Lookout} looks at them all.
 *
 * @param name what waits, in a word or two of lower case: a tag of the metric, and an entry of health
 * @param bound the age from which the service is degraded
 * @param since selects since when, by the database's clock, the oldest has waited: no row, or null, when nothing waits
 */
public record Backlog(String name, Duration bound, Select<Record1<Instant>> since) {}
