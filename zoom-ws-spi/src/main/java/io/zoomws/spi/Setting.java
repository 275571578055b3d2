package io.zoomws.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** More about one component of a {@link PluginSettings} record. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** The value of {@link #standard()} that means that there is none. */
    String REQUIRED = "\0";

    /**
     * The value when nothing is set, written as in the configuration.
     *
     * @return {@link #REQUIRED}, unless given: then it must be set (a list or an optional is empty instead)
     */
    String standard() default REQUIRED;

    /**
     * What it is for, in a line, for {@code zoom-ws plugins describe}.
     *
     * @return nothing, unless given
     */
    String text() default "";
}
