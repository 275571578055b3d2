package io.zoomws.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zoomws.server.status.PluginNumber;
import io.zoomws.spi.PluginMetrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsOfPluginsTest {

    private final MetricsOfPlugins all = new MetricsOfPlugins();
    private final PluginMetrics mine = all.begin("mine", "main");

    @Test
    void whatAPluginTellsIsThereAsSoonAsItIsMade() {
        mine.counter("mails_sent", "Mails\nsent");
        mine.gauge("queue_bytes", "Waiting").set(-2.5);
        mine.counter("mails_sent", "the text of the first counts").add(3);

        assertThat(all.numbers())
                .containsExactly(
                        new PluginNumber("mine", "main", "mails_sent", true, "Mails sent", 3),
                        new PluginNumber("mine", "main", "queue_bytes", false, "Waiting", -2.5));
    }

    @Test
    void anInstanceThatIsStartedAgainBeginsAnewAndDisturbsNoOther() {
        mine.counter("a", "").add(1);
        mine.gauge("b", "").set(1);
        PluginMetrics other = all.begin("mine", "second");
        other.counter("a", "").add(5);

        PluginMetrics again = all.begin("mine", "main");
        mine.counter("a", "").add(100); // by a thread that was abandoned
        again.gauge("a", "").set(7);

        assertThat(all.numbers())
                .containsExactly(
                        new PluginNumber("mine", "main", "a", false, "", 7),
                        new PluginNumber("mine", "second", "a", true, "", 5));
    }

    @Test
    void aNameThatCannotBeShownIsRefused() {
        for (String name : List.of("", "Mails", "1st", "mails-sent", "mails.sent", "x".repeat(61), "é")) {
            assertThatThrownBy(() -> mine.counter(name, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'" + name + "' is no name of a metric: use lower-case letters, digits and underscores,"
                            + " beginning with a letter, at most 60");
        }
        for (Runnable made : List.<Runnable>of(() -> mine.gauge("a_total", ""), () -> mine.counter("a_total", ""))) {
            assertThatThrownBy(made::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'a_total' is no name of a metric: the ending _total is added to counters by the host");
        }
        assertThat(all.numbers()).isEmpty();
    }

    @Test
    void oneNameIsOneKindWithinAnInstance() {
        mine.counter("a", "");
        mine.gauge("b", "");

        assertThatThrownBy(() -> mine.gauge("a", "")).hasMessage("the metric a is a counter, not a gauge");
        assertThatThrownBy(() -> mine.counter("b", "")).hasMessage("the metric b is a gauge, not a counter");
    }

    @Test
    void thereAreFiftyAtMost() {
        IntStream.range(0, 50).forEach(i -> mine.gauge("g" + i, ""));
        mine.gauge("g0", "").set(1);

        assertThatThrownBy(() -> mine.counter("more", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are 50 metrics already, more would be one too many");
        assertThat(all.numbers()).hasSize(50);
    }

    @Test
    void aCounterDoesNotFall() {
        assertThatThrownBy(() -> mine.counter("a", "").add(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a counter only rises: -1 is less than 0");
    }

    @Test
    void noAdditionOfAnyThreadIsLost() throws Exception {
        PluginMetrics.Counter counter = mine.counter("a", "");
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, 10_000).forEach(j -> counter.add(1))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(all.numbers()).extracting(PluginNumber::value).containsExactly(40_000.0);
    }
}
