/** Example: minimal-swing. */
module io.lws.examples.gtk.swing {
    requires io.lws.cli;
    requires io.lws.raw;
    requires java.desktop;
    requires static org.jspecify;
}
