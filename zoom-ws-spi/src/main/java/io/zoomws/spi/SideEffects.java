package io.zoomws.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an {@link EventHandler} does something that must not be done again, such as sending a mail: a replay through
 * it is refused unless the operator insists with {@code --force}. Of a base class it holds for the classes that extend it; of an
 * interface it is not taken over. The class that {@code META-INF/services} names must have it, since a replay is refused before
 * anything is built: a plugin whose Guice module provides a subclass with it in place of a class without it is not run at all.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SideEffects {

    /**
     * What would be done again.
     *
     * @return for the operator, such as {@code sends a mail for each recording}
     */
    String value();
}
