package io.lws.http.hpack;

/**
 * The Huffman code of RFC 7541 appendix B. The code is canonical, so the lengths say everything: codes of one length
 * count up in the order of their symbols, and the next length goes on from there.
 */
final class HuffmanCode {
    static final int SYMBOLS = 257;

    /** Ends nothing: its beginning pads the last octet, and it may not occur itself. */
    static final int EOS = 256;

    /** For each symbol the length of its code: {@code a} = 5 bits, {@code b} = 6, and so on. */
    private static final String LENGTHS = "isxxxxxxxtzxxzxxxxxxxxzxxxxxxxxxbffhibdgffdgdbbbaaabbbbbbbcdkbhf"
            + "ibccccccccccccccccccccccdcdioijbkabababbbaccbbbabcbaabccccckgjix"
            + "prpprrrsrssssststtrstssssqrsrsstrqprrssqsrrtqrssqqrqsrssprrrsrrs"
            + "vvporsruvvvwwvtuoqvwwvwtqqvvxwwwptpqrqqsrruuttvsvwvvwwwwwxwwwwwv"
            + "z";

    private static final char FIVE_BITS = 'a';
    private static final int MAX_BITS = 30;
    private static final int[] CODES = codes();

    private HuffmanCode() {}

    static int bits(int symbol) {
        return LENGTHS.charAt(symbol) - FIVE_BITS + 5;
    }

    /** The code, in the low {@link #bits} bits. */
    static int code(int symbol) {
        return CODES[symbol];
    }

    private static int[] codes() {
        int[] codes = new int[SYMBOLS];
        int next = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            next <<= 1;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (bits(symbol) == bits) {
                    codes[symbol] = next++;
                }
            }
        }
        return codes;
    }
}
