package io.zoomws.server.doctor;

import io.zoomws.server.config.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What a walk has around it.
 *
 * @param clock the wall clock that is judged
 * @param proxyVariable whether the environment names a proxy for others to use
 * @param stop whether the user has had enough
 * @param pluginMistakes tells of each configured plugin instance that cannot be started why, one line each
 * @param starter begins a trial
 */
public record Surroundings(
        InstantSource clock,
        boolean proxyVariable,
        BooleanSupplier stop,
        Function<Settings, List<String>> pluginMistakes,
        Trial.Starter starter) {}
