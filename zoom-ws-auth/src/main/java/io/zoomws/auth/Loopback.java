package io.zoomws.auth;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the names of this machine. By text: a look-up could be answered by a stranger. */
final class Loopback {

    private static final Pattern V4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private Loopback() {}

    static boolean names(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("[0:0:0:0:0:0:0:1]")
                || V4.matcher(name).matches();
    }
}
