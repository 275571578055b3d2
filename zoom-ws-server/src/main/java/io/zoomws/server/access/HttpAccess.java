package io.zoomws.server.access;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may ask the HTTP server, and how.
 *
 * @param tokens that requests need; none: whoever reaches the address is served, see {@code insecure}
 * @param tls what it shows; empty: requests and answers travel in the clear
 * @param hostNames by which it may be called, besides loopback names, its address and the names in its certificate
 * @param insecure whether it may be called by any name; without tokens everybody then has the role {@link Role#READ}, rather than
 *     {@link Role#OPERATE}
 */
public record HttpAccess(AccessTokens tokens, Optional<TlsIdentity> tls, List<String> hostNames, boolean insecure) {

    /** For a loopback address: whoever is on this machine may do everything. */
    public static final HttpAccess LOCAL = new HttpAccess(AccessTokens.NONE, Optional.empty(), List.of(), false);

    /** Takes a copy of the names. */
    public HttpAccess {
        hostNames = List.copyOf(hostNames);
    }

    /**
     * What a request without a token may do.
     *
     * @return empty: nothing
     */
    public Optional<Role> anonymous() {
        if (!tokens.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(insecure ? Role.READ : Role.OPERATE);
    }

    /**
     * What is to be said at start, since not only whoever wrote the configuration should know it.
     *
     * @param address where the server answers
     * @return one line for each thing that is weaker than it could be
     */
    public List<String> warnings(URI address) {
        List<String> lines = new ArrayList<>();
        if (insecure) {
            lines.add((tokens.isEmpty()
                            ? "whoever reaches " + address + " can read the status, and which events there are"
                            : address + " may be called by any host name")
                    + ": zoomws.http.insecure is true");
        }
        if (insecure && !tokens.isEmpty() && tls.isEmpty()) {
            lines.add("TOKENS AND EVENTS TRAVEL IN THE CLEAR to and from " + address
                    + ": set zoomws.http.tls, unless only a proxy of yours reaches it");
        }
        return lines;
    }
}
