package io.zoomws.testkit;

import io.zoomws.spi.Entry;

/** What can be delivered in a test: a {@link TestEvent} or a {@link TestGap}, of the subscription {@code main}. Immutable. */
public sealed interface TestEntry extends Entry permits TestEvent, TestGap {

    /**
     * The same at another place in the journal. {@link TestJournal} and {@link HandlerTester} number what they are given.
     *
     * @param sequence from 1
     * @return a copy
     */
    TestEntry withSequence(long sequence);

    @Override
    default String subscription() {
        return "main";
    }
}
