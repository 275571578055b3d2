package io.zoomws.camel;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** A component whose consumer runs something when it starts, between the consumers of other routes. */
final class Interlude extends DefaultComponent {

    private final Runnable action;

    Interlude(Runnable action) {
        this.action = action;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new Moment(uri, this);
    }

    private final class Moment extends DefaultEndpoint {

        Moment(String uri, Interlude component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("consumer only");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                protected void doStart() throws Exception {
                    super.doStart();
                    action.run();
                }
            };
        }
    }
}
