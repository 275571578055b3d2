import io.zoomws.spi.Delivery;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.ZoomEvent;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fails on the first meetings that start, for as long as a file called broken is there. */
public class Fickle implements EventHandler {

    private static final int FAILURES = 3;

    private final java.util.Set<String> failed = new java.util.HashSet<>();

    @Override
    public void handle(ZoomEvent event, Delivery delivery) {
        boolean bad = failed.contains(event.id()) || failed.size() < FAILURES;
        if (event.type().equals("meeting.started") && bad && Files.exists(Path.of("broken"))) {
            failed.add(event.id());
            throw new IllegalStateException("it is broken");
        }
    }
}
