package io.zoomws.cameltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Properties;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What tools learn of the component from its jar. */
class CatalogTest {

    @Test
    void theCatalogueValidatesAnAddress() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
            catalog.setCamelContext(context);
            catalog.start();

            EndpointValidationResult right =
                    catalog.validateEndpointProperties("zoomws:main?cursor=a&from=earliest&maxInflight=4");
            assertThat(right.isSuccess()).as(right.summaryErrorMessage(false)).isTrue();

            EndpointValidationResult wrong =
                    catalog.validateEndpointProperties("zoomws:main?curser=a&maxInflight=many&source=head");
            assertThat(wrong.getUnknown()).containsExactly("curser");
            assertThat(wrong.getInvalidInteger()).containsOnlyKeys("maxInflight");
            assertThat(wrong.getInvalidEnum()).containsOnlyKeys("source");
        }
    }

    @Test
    void theJarNamesItsComponent() throws Exception {
        Properties properties = new Properties();
        try (InputStream list = getClass()
                .getClassLoader()
                .resources("META-INF/services/org/apache/camel/component.properties")
                .filter(url -> url.getPath().contains("zoom-ws-camel"))
                .findFirst()
                .orElseThrow()
                .openStream()) {
            properties.load(list);
        }
        assertThat(properties)
                .containsEntry("components", "zoomws")
                .containsEntry("groupId", "io.zoomws")
                .containsEntry("artifactId", "zoom-ws-camel");
    }
}
