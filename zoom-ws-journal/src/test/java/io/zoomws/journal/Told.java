package io.zoomws.journal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a journal tells of its storage: why it stopped, or {@code resumed}. */
final class Told implements StorageListener {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void stopped(String why) {
        told.add(why);
    }

    @Override
    public void resumed() {
        told.add("resumed");
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /** The next word, waited for. */
    String next() throws InterruptedException {
        String next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the journal told nothing for 60 s");
        }
        return next;
    }
}
