package io.zoomws.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Drives the machine through random connection life in virtual time and checks that gaps tell the truth (I6) and that
 * receiving begins again by itself (I7). {@code -Dcampaign.simulation.seeds=100000} for more; a failure names its seed.
 */
class ConnectionSimulationTest {

    @Test
    void gapsCoverEveryOutageAndReceivingAlwaysResumes() {
        int seeds = Integer.getInteger("campaign.simulation.seeds", 1000);
        long outages = 0;
        long handovers = 0;
        long hiddenRivals = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            Simulation simulation = new Simulation(seed);
            simulation.live(3600);
            assertThat(simulation.problem()).as("seed %d", seed).isEmpty();
            outages += simulation.outages();
            handovers += simulation.handovers();
            hiddenRivals += simulation.hiddenRivals();
        }
        System.out.println(seeds + " lives with " + outages + " outages and " + handovers + " handovers; "
                + hiddenRivals + " rivals hid behind a renewal");
        assertThat(outages).as("the simulation must be eventful").isGreaterThan(3L * seeds);
        assertThat(hiddenRivals).as("rivals of less than 0.1 s, unnoticed").isLessThan(1 + seeds / 200);
        assertThat(handovers).as("connections must take over from others").isGreaterThan(seeds);
    }
}
