package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.ws.deflate.ContextTakeover;
import io.lws.ws.deflate.DeflateTerms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateNegotiationTest {
    private static final String PMD = "permessage-deflate";
    private static final WsDeflate DEFAULTS = WsDeflate.defaults();
    private static final WsDeflate FRUGAL = WsDeflate.builder()
            .takeover(WsDeflate.Takeover.NONE)
            .ownTakeover(WsDeflate.Takeover.NONE)
            .windowBits(10)
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permessage-deflate                                          | permessage-deflate
            permessage-deflate; client_max_window_bits                  | permessage-deflate
            permessage-deflate; client_max_window_bits=15               | permessage-deflate
            permessage-deflate; client_max_window_bits=8                | permessage-deflate; client_max_window_bits=8
            permessage-deflate; client_max_window_bits="12"             | permessage-deflate; client_max_window_bits=12
            permessage-deflate; server_max_window_bits=9                | permessage-deflate; server_max_window_bits=9
            permessage-deflate; server_max_window_bits="15"             | permessage-deflate; server_max_window_bits=15
            permessage-deflate; server_no_context_takeover              | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_no_context_takeover              | permessage-deflate; client_no_context_takeover
            x-webkit-deflate-frame, permessage-deflate                  | permessage-deflate
            permessage-deflate; foo, permessage-deflate                 | permessage-deflate
            permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate; server_max_window_bits=10
            """)
    void agreesTo(String offer, String answer) {
        WsAgreement agreed = WsExtensions.answer(ours(DEFAULTS), WsExtensionTerms.parse(List.of(offer)));
        assertNotNull(agreed);
        assertEquals(answer, agreed.answer().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-bzip2",
                "Permessage-Deflate-2",
                PMD + "; foo",
                PMD + "; foo=1; client_max_window_bits",
                PMD + "; server_no_context_takeover=1",
                PMD + "; client_no_context_takeover=true",
                PMD + "; server_max_window_bits",
                PMD + "; server_max_window_bits=7",
                PMD + "; server_max_window_bits=16",
                PMD + "; server_max_window_bits=09",
                PMD + "; server_max_window_bits=-9",
                PMD + "; server_max_window_bits=1e1",
                PMD + "; client_max_window_bits=0",
                PMD + "; client_max_window_bits=16",
                PMD + "; client_max_window_bits=010",
                PMD + "; server_no_context_takeover; server_no_context_takeover",
                PMD + "; client_no_context_takeover; client_no_context_takeover",
                PMD + "; server_max_window_bits=10; server_max_window_bits=10",
                PMD + "; server_max_window_bits=10; server_max_window_bits=12",
                PMD + "; client_max_window_bits=12; server_max_window_bits=11; client_max_window_bits=12",
                PMD + "; client_max_window_bits; client_max_window_bits=10",
                PMD + "; Server_No_Context_Takeover"
            })
    void passesOver(String offer) {
        assertNull(WsExtensions.answer(ours(DEFAULTS), WsExtensionTerms.parse(List.of(offer))));
    }

    @Test
    void addsWhatTheServerWants() {
        DeflateNegotiation agreed = DeflateNegotiation.answer(
                terms(PMD + "; client_max_window_bits=12; server_max_window_bits=11"), FRUGAL);
        assertNotNull(agreed);
        assertEquals(
                PMD + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=11"
                        + "; client_max_window_bits=10",
                agreed.element().toString());
        assertEquals(new DeflateTerms(ContextTakeover.NONE, 11), agreed.outgoing());
        assertEquals(new DeflateTerms(ContextTakeover.NONE, 10), agreed.incoming());
    }

    @Test
    void asksNoWindowOfAClientThatKnowsNone() {
        DeflateNegotiation agreed = DeflateNegotiation.answer(terms(PMD), FRUGAL);
        assertNotNull(agreed);
        assertEquals(new DeflateTerms(ContextTakeover.NONE, 15), agreed.incoming());
    }

    @Test
    void offers() {
        assertEquals(
                PMD + "; client_max_window_bits",
                DeflateNegotiation.offer(DEFAULTS).toString());
        assertEquals(
                PMD + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10"
                        + "; client_max_window_bits",
                DeflateNegotiation.offer(FRUGAL).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permessage-deflate                                                    | KEPT | 15 | KEPT | 15
            permessage-deflate; client_max_window_bits=9                          | KEPT | 9  | KEPT | 15
            permessage-deflate; server_max_window_bits=9                          | KEPT | 15 | KEPT | 9
            permessage-deflate; server_no_context_takeover                        | KEPT | 15 | NONE | 15
            permessage-deflate; client_no_context_takeover                        | NONE | 15 | KEPT | 15
            """)
    void understandsAnswers(String answer, ContextTakeover ours, int ourBits, ContextTakeover theirs, int theirBits) {
        DeflateNegotiation agreed = DeflateNegotiation.accepted(terms(answer), DEFAULTS);
        assertEquals(new DeflateTerms(ours, ourBits), agreed.outgoing());
        assertEquals(new DeflateTerms(theirs, theirBits), agreed.incoming());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server_no_context_takeover; server_max_window_bits=10                             | 15 | 10
            server_no_context_takeover; server_max_window_bits=8; client_max_window_bits=9     | 9  | 8
            client_max_window_bits=15; server_max_window_bits=9; server_no_context_takeover    | 15 | 9
            client_no_context_takeover; server_no_context_takeover; server_max_window_bits=10 | 15 | 10
            """)
    void keepsToItsOwnWishWhateverTheAnswer(String answer, int ourBits, int theirBits) {
        DeflateNegotiation agreed = DeflateNegotiation.accepted(terms(PMD + "; " + answer), FRUGAL);
        assertEquals(new DeflateTerms(ContextTakeover.NONE, ourBits), agreed.outgoing());
        assertEquals(new DeflateTerms(ContextTakeover.NONE, theirBits), agreed.incoming());
    }

    @Test
    void takesNoForAnAnswer() {
        assertNull(WsExtensions.accepted(ours(DEFAULTS), List.of()));
        assertNull(WsExtensions.accepted(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-bzip2",
                PMD + ", " + PMD,
                PMD + "; foo",
                PMD + "; client_max_window_bits",
                PMD + "; client_max_window_bits=16",
                PMD + "; client_max_window_bits=10; client_max_window_bits=10",
                PMD + "; server_max_window_bits",
                PMD + "; server_max_window_bits=7",
                PMD + "; server_no_context_takeover=1",
                PMD + "; server_no_context_takeover; server_no_context_takeover"
            })
    void refusesAnswers(String answer) {
        List<WsExtensionTerms> answers = WsExtensionTerms.parse(List.of(answer));
        assertEquals(
                1010,
                assertThrows(ProtocolException.class, () -> WsExtensions.accepted(ours(DEFAULTS), answers))
                        .code());
    }

    @Test
    void refusesAnAnswerToNoOffer() {
        List<WsExtensionTerms> answers = WsExtensionTerms.parse(List.of(PMD));
        assertEquals(
                1010,
                assertThrows(ProtocolException.class, () -> WsExtensions.accepted(List.of(), answers))
                        .code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PMD,
                PMD + "; server_no_context_takeover",
                PMD + "; server_max_window_bits=10",
                PMD + "; server_max_window_bits=11",
                PMD + "; server_no_context_takeover; server_max_window_bits=11"
            })
    void refusesAnswersThatPassOverWhatWasAsked(String answer) {
        assertThrows(ProtocolException.class, () -> DeflateNegotiation.accepted(terms(answer), FRUGAL));
    }

    private static final WsDeflate SMALL = WsDeflate.builder().windowBits(10).build();

    /** As RFC 7692 7 shows it: first what it would like, then, for servers that cannot, what it takes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permessage-deflate; server_max_window_bits=10   | 10
            permessage-deflate; server_max_window_bits=9    | 9
            permessage-deflate; server_max_window_bits=12   | 12
            permessage-deflate                              | 15
            """)
    void offersTwiceAndTakesEitherAnswer(String answer, int theirBits) {
        List<WsExtension> both = List.of(SMALL.extension(), DEFAULTS.extension());
        assertEquals(
                PMD + "; server_max_window_bits=10; client_max_window_bits, " + PMD + "; client_max_window_bits",
                WsExtensions.offer(both));
        WsAgreement agreed = WsExtensions.accepted(both, WsExtensionTerms.parse(List.of(answer)));
        assertNotNull(agreed);
        assertEquals(
                theirBits,
                DeflateNegotiation.accepted(agreed.answer(), DEFAULTS)
                        .incoming()
                        .windowBits());
    }

    @ParameterizedTest
    @ValueSource(strings = {PMD + "; server_max_window_bits=16", PMD + "; foo", PMD + ", " + PMD})
    void refusesAnAnswerToNeitherOffer(String answer) {
        List<WsExtension> both = List.of(SMALL.extension(), DEFAULTS.extension());
        List<WsExtensionTerms> answers = WsExtensionTerms.parse(List.of(answer));
        assertEquals(
                1010,
                assertThrows(ProtocolException.class, () -> WsExtensions.accepted(both, answers))
                        .code());
    }

    private static List<WsExtension> ours(WsDeflate settings) {
        return List.of(new DeflateExtension(settings));
    }

    private static WsExtensionTerms terms(String element) {
        return WsExtensionTerms.parse(List.of(element)).get(0);
    }
}
