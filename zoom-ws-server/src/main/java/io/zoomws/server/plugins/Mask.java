package io.zoomws.server.plugins;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Hides secrets in what a plugin says. */
final class Mask {

    /** Hides nothing. */
    static final Mask NONE = new Mask(List.of());

    private final List<String> secrets;

    /** Hides these, the longest first: one may be a part of another. */
    Mask(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String over(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
