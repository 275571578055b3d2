package io.zoomws.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that an {@link EventHandler} does something that must not be done again, such as sending a mail: a replay through
 * it is refused unless the operator insists with {@code --force}.
 */
@Documented
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
