package io.lws.integration;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** An X server that draws into memory, with somebody who clicks and takes pictures. */
final class Display implements AutoCloseable {
    private final Program server;
    private final Map<String, String> environment;
    private final Program robot;
    private final Path pictures;

    Display(Path pictures) {
        this.pictures = pictures;
        String screen = RobotMain.WIDTH + "x" + RobotMain.HEIGHT + "x24";
        server = Program.start(
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"), Map.of(), null);
        environment = Map.of("DISPLAY", ":" + server.awaitLine("^(\\d+)$").group(1));
        robot = Program.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RobotMain.class.getName()),
                environment,
                null);
        robot.awaitLine("^ready$");
    }

    /** What a process needs to draw here. */
    Map<String, String> environment() {
        return environment;
    }

    void click(int x, int y) {
        tell("click " + x + " " + y);
    }

    /** A picture of all of it, which also stays in a file of that name. */
    BufferedImage picture(String name) {
        Path file = pictures.resolve(name + ".png");
        tell("shot " + file);
        try {
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(String line) {
        robot.send(line);
        robot.awaitLine("^done " + Pattern.quote(line) + "$");
    }

    @Override
    public void close() {
        robot.close();
        server.close();
    }
}
