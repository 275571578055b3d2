package io.zoomws.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Creates {@code zoomws:} endpoints. */
@Component("zoomws")
public class ZoomWsComponent extends DefaultComponent {

    @Metadata(
            label = "consumer",
            description =
                    "The data directory for endpoints that name none themselves. Used only where the registry holds"
                            + " no reader for the subscription; needs zoom-ws-journal on the class path.")
    private @Nullable String data;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ZoomWsEndpoint endpoint = new ZoomWsEndpoint(uri, this, remaining);
        if (data != null) {
            endpoint.setData(data);
        }
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /**
     * The data directory for endpoints that name none themselves.
     *
     * @return a path, or null if none was set
     */
    public @Nullable String getData() {
        return data;
    }

    /**
     * Sets the data directory for endpoints that name none themselves.
     *
     * @param data a path, or null for none
     */
    public void setData(@Nullable String data) {
        this.data = data;
    }
}
