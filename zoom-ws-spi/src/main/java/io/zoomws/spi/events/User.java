package io.zoomws.spi.events;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A user of the account.
 *
 * @param id the user id
 * @param email the address
 * @param firstName the first name
 * @param lastName the last name
 * @param displayName as shown to others
 * @param type 1 basic, 2 licensed, 4 without a meetings licence, 99 none; others appear
 */
public record User(
        Optional<String> id,
        Optional<String> email,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> displayName,
        OptionalInt type) {

    static User read(Fields object) {
        return new User(
                object.text("id"),
                object.text("email"),
                object.text("first_name"),
                object.text("last_name"),
                object.text("display_name"),
                object.smallNumber("type"));
    }
}
