/** Example: minimal-gtk. */
module io.lws.examples.gtk.gtk {
    requires io.lws.cli;
    requires io.lws.raw;
    requires org.gnome.gtk;
    requires static org.jspecify;
}
