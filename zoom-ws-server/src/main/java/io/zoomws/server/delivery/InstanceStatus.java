package io.zoomws.server.delivery;

/**
 * What an instance is doing and has done since it started.
 *
 * @param state now
 * @param handled events whose handling returned
 * @param gaps gaps whose handling returned
 * @param parked how often an entry was parked
 * @param retries calls beyond the first of an entry
 * @param position sequence of the entry that comes next
 * @param parkedNow how many entries are parked at the moment, since whenever
 */
public record InstanceStatus(
        InstanceState state, long handled, long gaps, long parked, long retries, long position, long parkedNow) {}
