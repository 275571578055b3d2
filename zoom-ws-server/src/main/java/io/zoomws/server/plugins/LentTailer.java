package io.zoomws.server.plugins;

import io.zoomws.spi.Entry;
import io.zoomws.spi.Tailer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tailer that is remembered until it is closed. */
final class LentTailer implements Tailer {

    private final Tailer host;
    private final Consumer<Tailer> forget;

    LentTailer(Tailer host, Consumer<Tailer> forget) {
        this.host = host;
        this.forget = forget;
    }

    @Override
    public @Nullable Entry poll() {
        return host.poll();
    }

    @Override
    public @Nullable Entry poll(Duration timeout) throws InterruptedException {
        return host.poll(timeout);
    }

    @Override
    public long position() {
        return host.position();
    }

    @Override
    public void close() {
        forget.accept(this);
        host.close();
    }
}
