package io.zoomws.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record that holds a plugin's settings. The handler's constructor takes it, and then the
 * plugin's Guice modules and other classes may have it injected too; the host fills it from {@code
 * zoomws.plugins.<instance>.settings} and its variables before any code of the plugin runs.
 *
 * <pre>{@code
 * @PluginSettings
 * public record MailSettings(
 *         URI server,                                            // settings.server, must be set
 *         @Setting(standard = "30s") Duration timeout,           // settings.timeout
 *         Optional<String> replyTo,                              // settings.reply-to, may be left out
 *         Secret password) {}                                    // settings.password or settings.password-file
 * }</pre>
 *
 * <p>Types: {@link String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@link java.time.Duration}, {@link
 * java.net.URI}, {@link java.nio.file.Path}, {@link Secret}, enums (written in lower case with hyphens), {@link java.util.List}
 * and {@link java.util.Optional} of these. A component's name is written with hyphens: {@code replyTo} is {@code reply-to}.
 * An empty value is one that is not set. Whatever is unknown, missing or of the wrong type is refused, all at once and by name. What else must hold, the record
 * checks in its constructor: the message of an {@link IllegalArgumentException} is shown to the operator.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PluginSettings {}
