package io.zoomws.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Receive Zoom account events from the durable journal of a zoom-ws server.
 *
 * <p>{@link ZoomWsConfiguration} holds the options as they were written; {@link Plan} checks them when a route starts.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "zoomws",
        title = "Zoom WebSocket Events",
        syntax = "zoomws:subscription",
        consumerOnly = true,
        category = {Category.CLOUD, Category.MESSAGING},
        headersClass = ZoomWsConstants.class)
public class ZoomWsEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    @UriPath(description = "The name of the subscription whose journal is read.")
    @Metadata(required = true)
    private final String subscription;

    @UriParam
    private final ZoomWsConfiguration configuration = new ZoomWsConfiguration();

    /**
     * An endpoint with every option at its default.
     *
     * @param uri as written
     * @param component the component that makes this endpoint
     * @param subscription the name of the subscription
     */
    public ZoomWsEndpoint(String uri, ZoomWsComponent component, String subscription) {
        super(uri, component);
        this.subscription = subscription;
    }

    @Override
    public ZoomWsComponent getComponent() {
        return (ZoomWsComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("zoomws:" + subscription
                + " cannot be sent to: Zoom's events come in one direction, use it in from(…)");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        ZoomWsConsumer consumer = new ZoomWsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /**
     * The subscription whose journal is read.
     *
     * @return its name
     */
    public String getSubscription() {
        return subscription;
    }

    /**
     * The options.
     *
     * @return those of this endpoint alone
     */
    public ZoomWsConfiguration getConfiguration() {
        return configuration;
    }

    /** Each consumer has a reader, and so a pace, of its own; a cursor sees to it by itself that it has one holder. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
