package io.lws.lwsws;

import java.io.PrintStream;
import picocli.CommandLine;

/** The command line in every form there is, with help and with what is wrong. Takes a fifth of a second to load. */
final class CommandWords {
    private CommandWords() {}

    /**
     * Fills in {@code main}; false where that was answered with help.
     *
     * @throws IllegalArgumentException for words that mean nothing
     */
    static boolean read(LwswsMain main, PrintStream out, String... args) {
        CommandLine line = new CommandLine(main);
        try {
            line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (line.isUsageHelpRequested()) {
            line.usage(out);
        } else if (line.isVersionHelpRequested()) {
            line.printVersionHelp(out);
        }
        return !line.isUsageHelpRequested() && !line.isVersionHelpRequested();
    }

    static void usage(LwswsMain main, PrintStream out) {
        new CommandLine(main).usage(out);
    }
}
