package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.cluster.ClusteredRoutePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two consumers of one cursor on one host: by our own option, and by Camel's cluster service. */
class ClusterTest {

    @TempDir
    Path folder;

    /** A member of both, in a process of its own; says so when both its routes run. */
    static final class Member {

        private Member() {}

        public static void main(String[] arguments) throws Exception {
            try (CamelContext camel = camel(Path.of(arguments[0]), new LinkedBlockingQueue<>())) {
                Waiting.until(() -> state(camel, "own") == Progress.State.RUNNING
                        && state(camel, "clustered") == Progress.State.RUNNING);
                System.out.println("leads");
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void theOtherTakesOverWhenTheLeadersProcessIsKilled() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (WriterProcess writer = WriterProcess.start(folder.resolve("data"))) {
            writer.append(10);
            Process leader = WriterProcess.java(Member.class, folder.toString());
            try {
                assertThat(leader.inputReader().readLine()).isEqualTo("leads");
                try (CamelContext camel = camel(folder, seen)) {
                    Waiting.until(() -> state(camel, "own") == Progress.State.STANDBY);
                    assertThat(camel.getRouteController()
                                    .getRouteStatus("clustered")
                                    .isStarted())
                            .isFalse();
                    HealthCheck.Result health =
                            consumer(camel, "own").getHealthCheck().call();
                    assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
                    assertThat(String.valueOf(health.getDetails().get("standby")))
                            .contains("in use by process " + leader.pid());
                    assertThat(seen).isEmpty();

                    leader.destroyForcibly().waitFor();
                    writer.append(1);
                    assertThat(List.of(take(seen), take(seen))).containsExactlyInAnyOrder("own 12", "clustered 12");
                }
            } finally {
                leader.destroyForcibly();
            }
        }
    }

    @Test
    void withoutStandbyTheSecondFailsAndNamesTheFirst() throws Exception {
        try (WriterProcess writer = WriterProcess.start(folder.resolve("data"))) {
            writer.append(1);
        }
        String from = "zoomws:main?cursor=c&from=earliest&data=" + folder.resolve("data");
        try (CamelContext first = new DefaultCamelContext();
                CamelContext second = new DefaultCamelContext()) {
            first.addRoutes(RouteProcess.routes(from, "mock:out"));
            first.start();
            second.addRoutes(RouteProcess.routes(from, "mock:out"));
            assertThatThrownBy(second::start)
                    .hasMessageStartingWith("zoomws:main: cursor=c: The cursor 'c' in ")
                    .hasMessageContaining(
                            " is in use by process " + ProcessHandle.current().pid());
        }
    }

    private static CamelContext camel(Path folder, BlockingQueue<String> seen) throws Exception {
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(folder.resolve("cluster").toString());
        cluster.setAcquireLockDelay(10, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
        CamelContext camel = new DefaultCamelContext();
        camel.addService(cluster);
        ClusteredRoutePolicy policy = ClusteredRoutePolicy.forNamespace(cluster, "events");
        String from = "zoomws:main?from=earliest&data=" + folder.resolve("data");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from + "&cursor=own&standby=true")
                        .routeId("own")
                        .process(exchange ->
                                note(seen, "own", exchange.getMessage().getHeader("CamelZoomWsSequence")));
                from(from + "&cursor=clustered")
                        .routeId("clustered")
                        .routePolicy(policy)
                        .process(exchange ->
                                note(seen, "clustered", exchange.getMessage().getHeader("CamelZoomWsSequence")));
            }
        });
        camel.start();
        return camel;
    }

    /** The first ten, from sequence 2 on, are left to the leader, whether it has told its position yet or not. */
    private static void note(BlockingQueue<String> seen, String route, Object sequence) {
        if (Long.valueOf(11).compareTo((Long) sequence) < 0) {
            seen.add(route + " " + sequence);
        }
    }

    private static ZoomWsConsumer consumer(CamelContext camel, String routeId) {
        Route route = camel.getRoute(routeId);
        return (ZoomWsConsumer) route.getConsumer();
    }

    private static Progress.State state(CamelContext camel, String routeId) {
        return consumer(camel, routeId).progress().state();
    }

    private static String take(BlockingQueue<String> queue) throws InterruptedException {
        String taken = queue.poll(20, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return taken;
    }
}
