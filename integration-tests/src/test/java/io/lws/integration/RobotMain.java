package io.lws.integration;

import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** A hand and an eye on the display that its process was given: {@code click X Y} and {@code shot FILE}, line by line. */
final class RobotMain {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;

    private RobotMain() {}

    public static void main(String[] args) throws AWTException, IOException {
        Robot robot = new Robot();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("click")) {
                robot.mouseMove(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
                robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
            } else {
                ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, WIDTH, HEIGHT)), "png", new File(words[1]));
            }
            System.out.println("done " + line);
        }
    }
}
