package io.zoomws.testkit;

import io.zoomws.spi.BatchHandler;
import io.zoomws.spi.EventHandler;
import io.zoomws.spi.OwnPosition;
import io.zoomws.spi.ParkedEntry;
import io.zoomws.spi.Rebuildable;
import io.zoomws.spi.RetryLater;
import java.util.List;
import java.util.OptionalLong;

/**
 * Stands in for the host: delivers events and gaps to a handler as a server would, without waiting and on the caller's thread,
 * and tells what became of them.
 *
 * <pre>{@code
 * HandlerTester tester = HandlerTester.of(new MailHandler(settings, mailServer));
 * tester.deliver(TestEvent.sample("meeting.started"), TestEvent.sample("meeting.ended"));
 * assertThat(tester.parked()).isEmpty();
 * assertThat(mailServer.sent()).hasSize(1);
 * }</pre>
 *
 * <p><b>As in a server.</b> Entries are numbered from 1 and delivered in order; repetitions are left out. A {@link BatchHandler}
 * is given in batches what is delivered together, gaps by themselves. What fails is delivered four times and then parked, with
 * all later events of its {@link EventHandler#key}; a batch that fails is delivered event by event, each of them four times at
 * most. After a {@link RetryLater} nothing is delivered until {@link #retry()}. What is redriven is delivered four times again;
 * once it is handled or discarded, what waited for it follows. Nothing is redriven in a replay, but it is in a rebuild. An
 * {@link OwnPosition} is asked once, before the first event. Sequences, the delivery and its attempts are what a server would
 * give.
 *
 * <p><b>Not as in a server.</b> There is no class loader, no Guice and no configuration, so neither {@code events}, {@code
 * accounts} nor {@code order-by}; no thread of the instance's own, no time limit and no interruption; no cursor, so no event is
 * delivered twice unless a second tester is given the same {@link TestJournal}. {@link io.zoomws.spi.SideEffects} does not
 * prevent a replay. As many entries as you like can be parked, and of what was thrown only the class is told there.
 */
public final class HandlerTester implements AutoCloseable {

    private final TestedHandler tested;
    private TestJournal journal = new TestJournal();
    private TestParkedQueue parked = new TestParkedQueue();
    private boolean replay;
    private boolean begun;
    private boolean closed;
    private boolean postponed;
    private Deliverer deliverer;

    private HandlerTester(EventHandler handler) {
        tested = new TestedHandler(handler);
        deliverer = new Deliverer(tested, journal, parked, 1, 1);
    }

    /**
     * Begins to test a handler.
     *
     * @param handler built by the test, as Guice would build it
     * @return its tester, to be closed if the handler is to be
     */
    public static HandlerTester of(EventHandler handler) {
        return new HandlerTester(handler);
    }

    /**
     * Has everything delivered as a replay. To be called before the first delivery.
     *
     * @return this
     */
    public HandlerTester replaying() {
        checkNotBegun();
        replay = true;
        return this;
    }

    /**
     * Appends what is delivered to a journal that the handler may read as well. What is in there already is delivered first. To
     * be called before the first delivery.
     *
     * @param ofTest the journal
     * @return this
     */
    public HandlerTester journaling(TestJournal ofTest) {
        checkNotBegun();
        journal = ofTest;
        return this;
    }

    /**
     * Parks in a queue that the handler may use as well. To be called before the first delivery.
     *
     * @param ofTest the queue
     * @return this
     */
    public HandlerTester parkingIn(TestParkedQueue ofTest) {
        checkNotBegun();
        parked = ofTest;
        return this;
    }

    /**
     * Delivers until all is handled or parked, or until the handler asks to try later: then the rest waits for {@link #retry()}.
     *
     * @param entries events and gaps; they are numbered anew
     * @return this
     * @throws IllegalStateException if the tester is closed, or the handler's own position cannot be read: then a server does
     *     not run the handler
     */
    public HandlerTester deliver(TestEntry... entries) {
        return deliver(List.of(entries));
    }

    /**
     * As {@link #deliver(TestEntry...)}.
     *
     * @param entries events and gaps; they are numbered anew
     * @return this
     * @throws IllegalStateException as there
     */
    public HandlerTester deliver(List<? extends TestEntry> entries) {
        entries.forEach(journal::append);
        if (!postponed) {
            run();
        }
        return this;
    }

    /**
     * Lets the delay pass that follows a {@link RetryLater}.
     *
     * @return this
     * @throws IllegalStateException if nothing waits, or as for {@link #deliver(TestEntry...)}
     */
    public HandlerTester retry() {
        if (!postponed) {
            throw new IllegalStateException("nothing waits to be tried again: the handler threw no RetryLater");
        }
        run();
        return this;
    }

    /**
     * Has a parked entry delivered again, as {@code zoom-ws parked redrive} does. Does nothing if it is not parked.
     *
     * @param sequence of the entry
     * @return this
     * @throws IllegalStateException as for {@link #deliver(TestEntry...)}
     */
    public HandlerTester redrive(long sequence) {
        parked.redrive(sequence);
        if (!postponed) {
            run();
        }
        return this;
    }

    /**
     * Derives everything again, as {@code zoom-ws replay --rebuild} does: closes the handler, resets another, delivers to that
     * one all that was delivered so far as a replay, and goes on with it. Nothing is parked any more.
     *
     * @param fresh the other
     * @param <H> a handler that can be reset
     * @return this
     * @throws Exception what closing or resetting throws: then a server delivers nothing
     */
    public <H extends EventHandler & Rebuildable> HandlerTester rebuild(H fresh) throws Exception {
        close();
        fresh.reset();
        closed = false;
        begun = true;
        tested.replaceBy(fresh);
        parked.clear();
        deliverer = new Deliverer(tested, journal, parked, journal.size() + 1L, 1);
        postponed = deliverer.run();
        return this;
    }

    /**
     * Every call of {@code handle} and {@code gap} so far.
     *
     * @return a copy, in the order of the calls
     */
    public List<Call> calls() {
        return tested.calls();
    }

    /**
     * What was handled: the handler returned.
     *
     * @return a copy, in the order of the calls
     */
    public List<TestEntry> handled() {
        return calls().stream()
                .filter(call -> call.thrown().isEmpty())
                .flatMap(call -> call.entries().stream())
                .toList();
    }

    /**
     * What is parked.
     *
     * @return a copy, by sequence
     */
    public List<ParkedEntry> parked() {
        return parked.entries();
    }

    /**
     * All that the handler threw so far.
     *
     * @return a copy, in the order of the calls
     */
    public List<Throwable> thrown() {
        return calls().stream().flatMap(call -> call.thrown().stream()).toList();
    }

    /**
     * Whether the handler asked to try later, so that everything waits for {@link #retry()}.
     *
     * @return true after a {@link RetryLater}
     */
    public boolean isPostponed() {
        return postponed;
    }

    /** Closes the handler, if it can be closed. A second call does nothing. */
    @Override
    public void close() throws Exception {
        if (!closed) {
            closed = true;
            tested.close();
        }
    }

    private void run() {
        if (closed) {
            throw new IllegalStateException("the handler is closed");
        }
        if (!begun) {
            try {
                OptionalLong own = tested.position();
                deliverer = new Deliverer(tested, journal, parked, replay ? Long.MAX_VALUE : 1, own.orElse(1));
                begun = true;
            } catch (RetryLater e) {
                postponed = true;
                return;
            }
        }
        postponed = deliverer.run();
    }

    private void checkNotBegun() {
        if (begun) {
            throw new IllegalStateException("this has to be said before the first delivery");
        }
    }
}
