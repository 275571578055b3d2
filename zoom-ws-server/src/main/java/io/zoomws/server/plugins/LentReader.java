package io.zoomws.server.plugins;

import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.JournalException;
import io.zoomws.spi.JournalReader;
import io.zoomws.spi.Position;
import io.zoomws.spi.Tailer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A reader of the host's, lent to a plugin. Closing it closes what was opened through it and leaves the host's open. Methods
 * may be called by any thread.
 */
public final class LentReader implements JournalReader {

    private final JournalReader host;
    private final List<Tailer> opened = new ArrayList<>(); // guarded by this
    private volatile boolean closed;
    private volatile boolean used;

    /**
     * Lends a reader.
     *
     * @param host to be closed by the host, later
     */
    public LentReader(JournalReader host) {
        this.host = host;
    }

    @Override
    public String subscription() {
        return host.subscription();
    }

    @Override
    public long resolve(Position position) {
        ensureOpen();
        return host.resolve(position);
    }

    @Override
    public Tailer tail(long sequence) {
        return tail(sequence, Set.of(EntryKind.values()), EventFilter.all());
    }

    @Override
    public synchronized Tailer tail(long sequence, Set<EntryKind> kinds, EventFilter events) {
        ensureOpen();
        used = true;
        Tailer tailer = new LentTailer(host.tail(sequence, kinds, events), this::forget);
        opened.add(tailer);
        return tailer;
    }

    /** Whether events were read with it: what is thrown from then on may quote them. */
    boolean isUsed() {
        return used;
    }

    private synchronized void forget(Tailer tailer) {
        opened.remove(tailer);
    }

    private void ensureOpen() {
        if (closed) {
            throw new JournalException("This reader of '" + subscription() + "' is closed");
        }
    }

    @Override
    public void close() {
        List<Tailer> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(opened);
        }
        // Outside the lock: a tailer waits for the read that goes on.
        JournalException failure = null;
        for (Tailer tailer : left) {
            try {
                tailer.close();
            } catch (JournalException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
