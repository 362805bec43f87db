package io.lws.examples.gtk.swing;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.loop.ForeignLoop;
import io.lws.raw.RawClient;
import java.awt.BorderLayout;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window that fetches by a click and counts what comes; callbacks run on the event dispatch thread. */
public final class MinimalSwing {
    private MinimalSwing() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-swing", args);
        var vhost = Vhost.builder("swing").build();
        var context = options.context(Context.builder().vhost(vhost));
        ForeignLoop.attach(context.loops().get(0), SwingUtilities::invokeLater);
        SwingUtilities.invokeLater(() -> show(context, vhost, options));
    }

    private static void show(Context context, Vhost vhost, ClientOptions options) {
        var label = new JLabel("nothing fetched", JLabel.CENTER);
        var button = new JButton("fetch");
        button.addActionListener(click -> {
            var fetch = new FetchProtocol(options.server(), label::setText); // no thread to cross: this is the loop's
            var unused = RawClient.to(options.server(), options.port())
                    .connect(context.nets().get(0), vhost, fetch)
                    .exceptionally(failure -> {
                        label.setText(failure.getMessage());
                        return null;
                    });
        });
        var frame = new JFrame("minimal-swing");
        frame.add(label, BorderLayout.CENTER);
        frame.add(button, BorderLayout.SOUTH);
        frame.setSize(360, 160);
        frame.setDefaultCloseOperation(WindowConstants.EXIT_ON_CLOSE);
        frame.setVisible(true);
    }
}
