package io.zoomws.server.doctor;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What a walk has around it.
 *
 * @param clock the wall clock that is judged
 * @param proxyVariable whether the environment names a proxy for others to use
 * @param stop whether the user has had enough
 * @param starter begins a trial
 */
public record Surroundings(InstantSource clock, boolean proxyVariable, BooleanSupplier stop, Trial.Starter starter) {}
