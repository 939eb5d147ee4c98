package io.consentry.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.AttributeName;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

/**
 * What the gate let through. Holds personal values; does not print.
 *
 * @param personInfo the attributes in Myinfo's shape
 * @param outcomes for every requested attribute, what became of it
 * @param retryAfter for those where waiting helps, how long
 */
record PermittedRecord(
        ObjectNode personInfo,
        SortedMap<AttributeName, AttributeOutcome> outcomes,
        Map<AttributeName, Duration> retryAfter) {

    @Override
    public String toString() {
        return "Kept[" + outcomes.size() + " outcomes, redacted]";
    }
}
