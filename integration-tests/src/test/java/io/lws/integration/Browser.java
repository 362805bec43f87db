package io.lws.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A Chromium of the test's own, which accepts certificates nobody has signed. */
record Browser(ChromeDriver driver, Path profile) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Browser open(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium"));
        options.setAcceptInsecureCerts(true);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(onPath("chromedriver")).toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1280, 1600));
        return new Browser(driver, profile);
    }

    private static String onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    /** Some of its processes outlive it for a moment, and write into its profile, which is deleted next. */
    @Override
    public void close() {
        driver.quit();
        Await.until(
                "the end of all processes of the browser",
                PATIENCE,
                () -> ProcessHandle.allProcesses().noneMatch(this::isOurs));
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(profile.toString());
    }
}
