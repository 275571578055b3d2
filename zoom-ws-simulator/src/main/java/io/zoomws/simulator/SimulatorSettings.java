package io.zoomws.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be chosen of a simulated Zoom. Begin with {@link #standard()} and change what matters.
 *
 * @param port to listen on, on loopback; 0: any free one
 * @param clientId of the app
 * @param clientSecret of the app
 * @param accountId of the account in which the app is installed
 * @param subscriptionId the one subscription there is; any other is refused in band (Zoom's own answer is not known)
 * @param eventsPerSecond how often something happens; 0: only what is posted to {@code /events} is sent
 * @param count how many events happen in all; 0: without end
 * @param eventsDirectory JSON files to send in the order of their names, over and over, instead of the story
 * @param tokenLife how long a token is accepted in a handshake; a connection that is open survives its token
 * @param newTokenEndsOld whether a new token ends all earlier ones, as Zoom did in 2022 and 2023
 * @param kickStyle how the older of two connections is told to go
 * @param silenceLimit a connection whose client sends nothing for so long is cut
 * @param seed of the story and of the faults' dice: the same seed tells the same story at other times
 * @param ledgerLimit how many of the events sent {@link ZoomSimulator#sent()} and {@link ZoomSimulator#missed()} keep, the newest of each; 0: none
 * @param faults what goes wrong, and when
 */
public record SimulatorSettings(
        int port,
        String clientId,
        String clientSecret,
        String accountId,
        String subscriptionId,
        double eventsPerSecond,
        long count,
        Optional<Path> eventsDirectory,
        Duration tokenLife,
        boolean newTokenEndsOld,
        KickStyle kickStyle,
        Duration silenceLimit,
        long seed,
        int ledgerLimit,
        FaultScript faults) {

    /** Checks what can be checked without a socket or a file. */
    public SimulatorSettings {
        require(port >= 0 && port <= 65_535, "A port is 0 to 65535, not " + port);
        require(
                eventsPerSecond >= 0 && eventsPerSecond <= 1_000_000,
                "A rate is 0 to 1000000 events a second, not " + eventsPerSecond);
        require(count >= 0, "A count is 0 or more, not " + count);
        require(!tokenLife.isNegative() && !tokenLife.isZero(), "A token lives longer than 0 s");
        require(!silenceLimit.isNegative() && !silenceLimit.isZero(), "The silence limit is more than 0 s");
        require(ledgerLimit >= 0, "A ledger holds 0 or more events, not " + ledgerLimit);
    }

    /**
     * What PROTOCOL and experience suggest: any free port, five events a second, tokens for an hour.
     *
     * @return settings to begin with
     */
    public static SimulatorSettings standard() {
        return new SimulatorSettings(
                0,
                "simulated-client-id",
                "simulated-client-secret",
                "simulated-account-id",
                "SimulatedSubscription1",
                5,
                0,
                Optional.empty(),
                Duration.ofSeconds(3599),
                false,
                KickStyle.FRAME,
                Duration.ofSeconds(60),
                1,
                0,
                FaultScript.NONE);
    }

    /** {@return the same on another port; 0: any free one} */
    public SimulatorSettings withPort(int newPort) {
        return copy(
                newPort, eventsPerSecond, count, eventsDirectory, tokenLife, newTokenEndsOld, kickStyle, silenceLimit);
    }

    /** {@return the same at another rate; 0: nothing happens by itself} */
    public SimulatorSettings withEventsPerSecond(double rate) {
        return copy(port, rate, count, eventsDirectory, tokenLife, newTokenEndsOld, kickStyle, silenceLimit);
    }

    /** {@return the same with another number of events in all; 0: without end} */
    public SimulatorSettings withCount(long newCount) {
        return copy(
                port, eventsPerSecond, newCount, eventsDirectory, tokenLife, newTokenEndsOld, kickStyle, silenceLimit);
    }

    /** {@return the same with the events of a directory instead of the story} */
    public SimulatorSettings withEventsDirectory(Path directory) {
        return copy(
                port,
                eventsPerSecond,
                count,
                Optional.of(directory),
                tokenLife,
                newTokenEndsOld,
                kickStyle,
                silenceLimit);
    }

    /** {@return the same with tokens that live so long} */
    public SimulatorSettings withTokenLife(Duration life) {
        return copy(port, eventsPerSecond, count, eventsDirectory, life, newTokenEndsOld, kickStyle, silenceLimit);
    }

    /** {@return the same, with each new token ending the ones before or not} */
    public SimulatorSettings withNewTokenEndsOld(boolean ends) {
        return copy(port, eventsPerSecond, count, eventsDirectory, tokenLife, ends, kickStyle, silenceLimit);
    }

    /** {@return the same with another way to kick} */
    public SimulatorSettings withKickStyle(KickStyle style) {
        return copy(port, eventsPerSecond, count, eventsDirectory, tokenLife, newTokenEndsOld, style, silenceLimit);
    }

    /** {@return the same with another patience for silent clients} */
    public SimulatorSettings withSilenceLimit(Duration limit) {
        return copy(port, eventsPerSecond, count, eventsDirectory, tokenLife, newTokenEndsOld, kickStyle, limit);
    }

    /** {@return the same, keeping the newest so many events for {@link ZoomSimulator#sent()}} */
    public SimulatorSettings withLedgerLimit(int limit) {
        return new SimulatorSettings(
                port,
                clientId,
                clientSecret,
                accountId,
                subscriptionId,
                eventsPerSecond,
                count,
                eventsDirectory,
                tokenLife,
                newTokenEndsOld,
                kickStyle,
                silenceLimit,
                seed,
                limit,
                faults);
    }

    /** {@return the same with another seed, for the story and for what is left to chance in faults} */
    public SimulatorSettings withSeed(long newSeed) {
        return copy(newSeed, faults);
    }

    /** {@return the same with a script of what goes wrong, instead of the one before} */
    public SimulatorSettings withFaults(FaultScript script) {
        return copy(seed, script);
    }

    private SimulatorSettings copy(long newSeed, FaultScript newFaults) {
        return new SimulatorSettings(
                port,
                clientId,
                clientSecret,
                accountId,
                subscriptionId,
                eventsPerSecond,
                count,
                eventsDirectory,
                tokenLife,
                newTokenEndsOld,
                kickStyle,
                silenceLimit,
                newSeed,
                ledgerLimit,
                newFaults);
    }

    private SimulatorSettings copy(
            int newPort,
            double newRate,
            long newCount,
            Optional<Path> newDirectory,
            Duration newTokenLife,
            boolean newEndsOld,
            KickStyle newStyle,
            Duration newSilenceLimit) {
        return new SimulatorSettings(
                newPort,
                clientId,
                clientSecret,
                accountId,
                subscriptionId,
                newRate,
                newCount,
                newDirectory,
                newTokenLife,
                newEndsOld,
                newStyle,
                newSilenceLimit,
                seed,
                ledgerLimit,
                faults);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "SimulatorSettings[port=" + port + ", subscriptionId=" + subscriptionId + ", eventsPerSecond="
                + eventsPerSecond + ", count=" + count + ", seed=" + seed + "]";
    }
}
