package io.zoomws.core;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts long WebSocket frames into fragments before Netty's decoder sees them. That decoder hands on a frame only when it is
 * complete, so one frame could fill the memory, and refuses one over its limit by closing. RFC 6455 (5.4) allows anyone in
 * between to fragment as long as no extension is in use; fragments can be hashed and dropped while they stream.
 *
 * <p>Whatever is against the protocol (a mask, an over-long control frame, a negative length) is passed on for the decoder
 * to refuse.
 */
final class FrameSplitter extends ByteToMessageDecoder {

    /** Frames up to this length pass untouched. */
    static final int LONGEST_UNTOUCHED = 64 * 1024;

    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;

    private long untouchedLeft;
    private long splitLeft;
    private int splitFirstByte;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int untouched = splitLeft > 0 ? 0 : untouchedBytes(in);
        if (untouched > 0) {
            out.add(in.readRetainedSlice(untouched));
        } else if (splitLeft > 0 && in.isReadable()) {
            split(ctx, in, out);
        }
    }

    /** How many bytes from here on can pass; at the header of a long frame that header is taken off and splitting begins. */
    private int untouchedBytes(ByteBuf in) {
        int index = in.readerIndex();
        while (index < in.writerIndex()) {
            if (untouchedLeft > 0) {
                int step = (int) Math.min(untouchedLeft, in.writerIndex() - index);
                index += step;
                untouchedLeft -= step;
                continue;
            }
            int header = headerBytes(in, index);
            if (in.writerIndex() - index < header) {
                break;
            }
            long length = payloadBytes(in, index);
            if (isLong(in, index, length)) {
                if (index == in.readerIndex()) {
                    splitFirstByte = in.getUnsignedByte(index);
                    splitLeft = length;
                    in.skipBytes(header);
                }
                break;
            }
            index += header;
            untouchedLeft = Math.max(0, length);
        }
        return splitLeft > 0 ? 0 : index - in.readerIndex();
    }

    private static boolean isLong(ByteBuf in, int index, long length) {
        boolean masked = in.getByte(index + 1) < 0;
        boolean control = (in.getByte(index) & 0x08) != 0;
        return length > LONGEST_UNTOUCHED && !masked && !control;
    }

    private static int headerBytes(ByteBuf in, int index) {
        if (in.writerIndex() - index < 2) {
            return 2;
        }
        return switch (in.getByte(index + 1) & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private static long payloadBytes(ByteBuf in, int index) {
        int length = in.getByte(index + 1) & 0x7f;
        return switch (length) {
            case 126 -> in.getUnsignedShort(index + 2);
            case 127 -> in.getLong(index + 2);
            default -> length;
        };
    }

    /** Whatever is there becomes one fragment: the first keeps the opcode, only the last the end mark. */
    private void split(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int length = (int) Math.min(splitLeft, Math.min(in.readableBytes(), LONGEST_UNTOUCHED));
        splitLeft -= length;
        int firstByte = splitLeft == 0 ? splitFirstByte : splitFirstByte & ~FIN;
        splitFirstByte &= ~OPCODE;
        ByteBuf header = ctx.alloc().buffer(10).writeByte(firstByte);
        if (length < 126) {
            header.writeByte(length);
        } else if (length < 65_536) {
            header.writeByte(126).writeShort(length);
        } else {
            header.writeByte(127).writeLong(length);
        }
        out.add(header);
        out.add(in.readRetainedSlice(length));
    }
}
