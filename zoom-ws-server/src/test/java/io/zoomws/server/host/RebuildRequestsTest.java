package io.zoomws.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.fixtures.MemoryJournal;
import io.zoomws.journal.CursorStore;
import io.zoomws.journal.Journals;
import io.zoomws.server.config.Settings;
import io.zoomws.server.control.ControlException;
import io.zoomws.server.control.ControlHandler;
import io.zoomws.server.control.ControlRequest;
import io.zoomws.server.delivery.InstanceFiles;
import io.zoomws.server.delivery.InstanceState;
import io.zoomws.server.delivery.InstanceStatus;
import io.zoomws.server.delivery.Isolation;
import io.zoomws.server.delivery.RebuildNote;
import io.zoomws.server.delivery.RebuildNote.Phase;
import io.zoomws.server.delivery.RebuildNote.Plan;
import io.zoomws.server.delivery.RunningInstance;
import io.zoomws.server.delivery.SubscriptionAccess;
import io.zoomws.server.plugins.MetricsOfPlugins;
import io.zoomws.server.plugins.Plugin;
import io.zoomws.server.plugins.PluginException;
import io.zoomws.spi.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rebuild is refused for and what is told of it, with instances that do no more than they are told to. */
@Timeout(60)
class RebuildRequestsTest {

    private static final String HAUNTED =
            "plugin instance mine was abandoned since it did not stop, and still runs: it may"
                    + " go on with what it derives, so it is not rebuilt beside that; start the server again";

    @TempDir
    private Path folder;

    private final MemoryJournal journal = new MemoryJournal().event("a").event("b");
    private final Played instance = new Played();
    private PluginHost host;

    @BeforeEach
    void openHost() {
        CursorStore cursors = Journals.cursors(folder, "main");
        HostedJournal hosted = new HostedJournal(
                "main",
                () -> journal,
                cursors::open,
                cursors::set,
                InstanceFiles.in(folder, "main"),
                new MetricsOfPlugins(),
                () -> 2);
        host = new PluginHost(
                List.of(new Settings.PluginInstance("mine", "model", Position.EARLIEST)),
                List.of(hosted),
                Map.of(Isolation.THREAD, new Launching()),
                Duration.ofMillis(1),
                InstantSource.system());
    }

    @AfterEach
    void closeHost() {
        instance.ended = true;
        host.close();
    }

    @Test
    void whatTheInstanceHasNotedCountsAndNotAStateThatLagsBehind() throws Exception {
        instance.then(InstanceState.REBUILDING, Phase.REPLAYING);
        instance.then(InstanceState.REBUILDING, Phase.GIVEN_UP);

        assertThat(ask())
                .containsEntry("done", false)
                .containsEntry(
                        "text",
                        "plugin instance mine is NOT rebuilt: the log of the server says why; it stands where it stood");
    }

    @Test
    void oneThatCannotReadItsJournalForAWhileIsStillWaitedFor() throws Exception {
        instance.then(InstanceState.FAILED, Phase.REPLAYING);
        instance.then(InstanceState.RUNNING, Phase.DONE);

        assertThat(ask())
                .containsEntry("done", true)
                .containsEntry("text", "plugin instance mine is rebuilt, and goes on live");
    }

    @Test
    void oneThatIsAbandonedMeanwhileIsNotWaitedFor() throws Exception {
        instance.then(InstanceState.ABANDONED, Phase.REPLAYING);

        assertThat(ask())
                .containsEntry("done", false)
                .containsEntry(
                        "text",
                        "plugin instance mine is NOT rebuilt yet: it does not run (abandoned), and the log of the server says"
                                + " why; its next start goes on with that");
    }

    @Test
    void nothingIsRebuiltBesideAThreadThatWasAbandoned() throws Exception {
        host.start("mine", "main");
        instance.state = InstanceState.RUNNING;

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(ControlException.class).hasMessage(HAUNTED);
            assertThat(host.status("mine", "main").state()).isEqualTo("abandoned");
            assertThat(note().read()).isEmpty();
        }
    }

    @Test
    void aRebuildThatIsDueWaitsForTheEndOfWhatWasAbandoned() throws Exception {
        host.start("mine", "main");
        instance.state = InstanceState.RUNNING;
        host.stop("mine", "main");
        note().write(new Plan(1, 3, Phase.REPLAYING, Instant.EPOCH));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> host.start("mine", "main"))
                    .isInstanceOf(PluginException.class)
                    .hasMessage(HAUNTED);
            assertThat(host.status("mine", "main").why()).contains(HAUNTED);
        }
        instance.ended = true;
        assertThat(host.start("mine", "main")).isTrue();
    }

    @Test
    void aRebuildThatIsAskedForAnewForgetsOnceMoreWhereTheOneBeforeHadBegun() throws Exception {
        note().write(new Plan(1, 9, Phase.REPLAYING, Instant.EPOCH));

        host.rebuild("mine", "main", 2, false);

        assertThat(note().read().orElseThrow())
                .returns(Phase.RESETTING, Plan::phase)
                .returns(2L, Plan::from)
                .returns(9L, Plan::to);
    }

    private RebuildNote note() {
        return RebuildNote.of(InstanceFiles.in(folder, "main"), "mine");
    }

    private Map<String, Object> ask() throws Exception {
        Map<String, ?> answer = new RebuildRequests(host, "main")
                .answer(
                        new ControlRequest(
                                RebuildRequests.REBUILD, Map.of("instance", "mine", "from", "1", "force", false)),
                        new Client());
        return new LinkedHashMap<>(answer);
    }

    private static final class Client implements ControlHandler.Client {
        @Override
        public void progress(Map<String, ?> fields) {}

        @Override
        public boolean isGone() {
            return false;
        }
    }

    private final class Launching implements Launcher {
        @Override
        public RunningInstance launch(Settings.PluginInstance plugin, SubscriptionAccess access) {
            return instance;
        }

        @Override
        public Plugin load(Settings.PluginInstance plugin) throws PluginException {
            throw new PluginException("there is none");
        }

        @Override
        public void requireRebuildable(Settings.PluginInstance plugin, boolean forced) {}
    }

    /** Each time somebody has waited for its end, it has got one step further. */
    private final class Played implements RunningInstance {
        private record Step(InstanceState state, Phase phase) {}

        private final Deque<Step> steps = new ArrayDeque<>();
        private volatile InstanceState state = InstanceState.STARTING;
        private volatile boolean ended;

        void then(InstanceState next, Phase phase) {
            steps.add(new Step(next, phase));
        }

        @Override
        public String name() {
            return "mine";
        }

        @Override
        public String plugin() {
            return "model";
        }

        @Override
        public String subscription() {
            return "main";
        }

        @Override
        public InstanceStatus status() {
            return new InstanceStatus(state, 0, 0, 0, 0, 1, 0);
        }

        @Override
        public void requestStop() {}

        @Override
        public void interrupt() {}

        @Override
        public boolean awaitEnd(Duration patience) {
            Step step = steps.poll();
            if (step != null) {
                state = step.state();
                Plan plan = note().read().orElseThrow();
                note().write(new Plan(plan.from(), plan.to(), step.phase(), plan.startedAt()));
            }
            return ended;
        }

        @Override
        public void abandon() {
            state = InstanceState.ABANDONED;
        }
    }
}
