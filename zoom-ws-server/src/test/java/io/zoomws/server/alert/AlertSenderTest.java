package io.zoomws.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.LoggedLines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AlertSenderTest {

    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    private static final List<Duration> NO_PAUSE = List.of(Duration.ZERO, Duration.ZERO);

    private final BlockingQueue<Alert> told = new LinkedBlockingQueue<>();

    @Test
    void whatCannotBeToldIsTriedTwiceMoreAndThenTheLogHasIt() throws Exception {
        AlertTarget target = alert -> {
            told.add(alert);
            if (alert.text().equals("bad")) {
                throw new AlertException("the command ended with status 1");
            }
        };
        try (LoggedLines lines = LoggedLines.of(AlertSender.class);
                AlertSender sender = AlertSender.start(target, NO_PAUSE)) {
            sender.send(alert("bad"));
            sender.send(alert("good"));

            assertThat(List.of(told.take(), told.take(), told.take(), told.take()))
                    .extracting(Alert::text)
                    .containsExactly("bad", "bad", "bad", "good");
            String rest = " was told of an alert: the command ended with status 1; it was disk raised, main: bad";
            assertThat(lines.errors()).containsExactly("nobody yet" + rest, "nobody yet" + rest, "NOBODY" + rest);
        }
    }

    @Test
    void whenTooManyWaitTheOldestGivesWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AlertTarget target = alert -> {
            begun.countDown();
            go.await();
            told.add(alert);
        };
        try (LoggedLines lines = LoggedLines.of(AlertSender.class);
                AlertSender sender = AlertSender.start(target, NO_PAUSE)) {
            sender.send(alert("first"));
            begun.await();
            for (int i = 0; i <= AlertSender.MOST; i++) {
                sender.send(alert("waiting " + i));
            }
            go.countDown();

            assertThat(told.take().text()).isEqualTo("first");
            assertThat(told.take().text()).isEqualTo("waiting 1");
            assertThat(lines.errors())
                    .containsExactly("nobody was told, since too many alerts wait: disk raised, main: waiting 0");
        }
    }

    @Test
    void itsEndLetsGoOfATargetThatHangs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AlertSender sender = AlertSender.start(
                alert -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                },
                NO_PAUSE);
        sender.send(alert("hangs"));
        begun.await();

        sender.close();
    }

    private static Alert alert(String text) {
        return Alert.of(
                new Finding.About(AlertKind.DISK, "disk_near", "main", Optional.empty()),
                Alert.State.RAISED,
                AT,
                AT,
                text);
    }
}
