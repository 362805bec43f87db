/** Brotli for lws for Java: with it on the module path, servers compress by brotli and clients take it. */
module io.lws.http.brotli {
    requires com.aayushatharva.brotli4j;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.http.coding.CodingProvider with
            io.lws.http.brotli.BrotliCoding;
}
