package io.lws.examples.gtk.gtk;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.loop.ForeignLoop;
import io.lws.raw.RawClient;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.gnome.gtk.Box;
import org.gnome.gtk.Button;
import org.gnome.gtk.Gtk;
import org.gnome.gtk.Label;
import org.gnome.gtk.Orientation;
import org.gnome.gtk.Window;

/** A window that fetches by a click and counts what comes; callbacks run on the thread of GTK's main loop. */
public final class MinimalGtk {
    private MinimalGtk() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-gtk", args);
        Gtk.init();
        var mainLoop = new MainLoop(MainContext.default_(), false);
        var vhost = Vhost.builder("gtk").build();
        var builder = Context.builder().vhost(vhost).onClosed(mainLoop::quit);
        try (var glib = new GlibExecutor(MainContext.default_())) {
            var context = options.context(builder);
            ForeignLoop.attach(context.loops().get(0), glib);
            show(context, vhost, options);
            mainLoop.run();
        }
        System.out.println("closed");
    }

    private static void show(Context context, Vhost vhost, ClientOptions options) {
        var label = new Label("nothing fetched");
        label.setVexpand(true);
        var button = Button.withLabel("fetch");
        button.onClicked(() -> {
            var fetch = new FetchProtocol(options.server(), label::setLabel); // no thread to cross: this is the loop's
            var _ = RawClient.to(options.server(), options.port())
                    .connect(context.nets().get(0), vhost, fetch)
                    .exceptionally(failure -> {
                        label.setLabel(failure.getMessage());
                        return null;
                    });
        });
        var box = new Box(Orientation.VERTICAL, 0);
        box.append(label);
        box.append(button);
        var window = new Window();
        window.setTitle("minimal-gtk");
        window.setDefaultSize(360, 160);
        window.setChild(box);
        window.onCloseRequest(() -> {
            context.close(); // does not wait here; the main loop ends with it
            return false;
        });
        window.present();
    }
}
