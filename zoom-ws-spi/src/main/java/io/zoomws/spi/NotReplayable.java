package io.zoomws.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a replay through an {@link EventHandler} makes no sense, such as through one that reads the journal by itself: it is
 * refused, even with {@code --force}. Of a base class it holds for the classes that extend it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotReplayable {

    /**
     * Why, and what to do instead.
     *
     * @return for the operator, in a line
     */
    String value();
}
