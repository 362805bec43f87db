package io.lws.tls;

import io.lws.net.WildcardName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a certificate is for a host (RFC 9525): by its alternative names only, a wildcard for one leftmost label. */
final class HostNames {
    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;

    private HostNames() {}

    /** Whether {@code host} is an IPv4 or IPv6 address, not a name. Asks nobody. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    static boolean matches(X509Certificate certificate, String host) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(each -> matches(each, host));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean matches(List<?> name, String host) {
        String value = String.valueOf(name.get(1));
        if (isAddress(host)) {
            return IP_ADDRESS.equals(name.get(0)) && sameAddress(value, host);
        }
        return DNS_NAME.equals(name.get(0)) && matches(value, host);
    }

    /** The same name, or one that {@link WildcardName} is for. */
    static boolean matches(String pattern, String host) {
        String wanted = normal(host);
        String given = normal(pattern);
        return given.startsWith("*.") ? WildcardName.isFor(given, wanted) : given.equals(wanted);
    }

    private static String normal(String name) {
        return withoutFinalDot(name.toLowerCase(Locale.ROOT));
    }

    /** The dot says that nothing is to be put behind the name; it is no part of what certificates and servers know. */
    static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean sameAddress(String one, String other) {
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
