package io.zoomws.server.access;

/** What somebody may do over HTTP. Whoever may do something may do what stands before it as well. */
public enum Role {
    /** See how everything is, and events without their content. */
    READ,
    /** Stop, start and redeliver, and see what events hold. */
    OPERATE;

    /**
     * Whether this role is enough.
     *
     * @param other what is needed
     * @return true if whoever has this role may do that
     */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
