package io.zoomws.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file of a backup is known by.
 *
 * @param name within its directory
 * @param bytes length
 * @param sha256 of its content, in hexadecimal
 */
record FileSum(String name, long bytes, String sha256) {

    private static final int BYTES_AT_ONCE = 1 << 20;

    /** Sums up the beginning of a file. */
    static FileSum of(Path file, long bytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            return sum(file, in, bytes, (block, count) -> {});
        }
    }

    /** Copies the beginning of a file and forces the copy; zeros take no room in it, as they took none before. */
    static FileSum copy(Path from, long bytes, Path to) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(from.toFile(), "r");
                RandomAccessFile out = new RandomAccessFile(Privacy.file(to).toFile(), "rw")) {
            out.setLength(0);
            FileSum sum = sum(to, in, bytes, (block, count) -> {
                if (isZero(block, count)) {
                    out.seek(out.getFilePointer() + count);
                } else {
                    out.write(block, 0, count);
                }
            });
            out.setLength(bytes);
            out.getFD().sync();
            return sum;
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    @FunctionalInterface
    private interface Blocks {
        void next(byte[] block, int count) throws IOException;
    }

    private static FileSum sum(Path named, RandomAccessFile in, long bytes, Blocks blocks) throws IOException {
        MessageDigest digest = digest();
        byte[] block = new byte[BYTES_AT_ONCE];
        long left = bytes;
        while (left > 0) {
            int count = in.read(block, 0, (int) Math.min(block.length, left));
            if (count < 0) {
                throw new IOException(named.getFileName() + " is " + left + " bytes shorter than it was");
            }
            digest.update(block, 0, count);
            blocks.next(block, count);
            left -= count;
        }
        return new FileSum(
                String.valueOf(named.getFileName()), bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean isZero(byte[] block, int count) {
        for (int i = 0; i < count; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
