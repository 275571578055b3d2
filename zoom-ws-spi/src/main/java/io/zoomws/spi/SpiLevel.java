package io.zoomws.spi;

/**
 * The level of this contract. A plugin's jar declares the level it was built for in its manifest, so that a host can refuse,
 * by name and with the remedy, what it cannot run.
 */
public final class SpiLevel {

    /** The level of this version. It rises when plugins must be rebuilt. */
    public static final int CURRENT = 1;

    /** The manifest attribute in which a plugin's jar declares its level. */
    public static final String MANIFEST_ATTRIBUTE = "Zoom-Ws-Spi-Level";

    private SpiLevel() {}
}
