package io.lws.mqtt.codec;

/** Packets of a broker in hex, and what they are: events in their order, or the code of a violation. */
final class DecoderRows {
    /** All a broker of 3.1.1 may send. */
    static final String LEGAL_3 = """
            20 02 00 00 | connack new 0x00
            20 02 00 01 | connack new 0x84
            20 02 00 02 | connack new 0x85
            20 02 00 03 | connack new 0x88
            20 02 00 04 | connack new 0x86
            20 02 00 05 | connack new 0x87
            20 02 01 00 | connack present 0x00
            30 03 00 01 61 | publish a AT_MOST_ONCE 0 of 0 ; payload end
            31 05 00 01 61 78 79 | publish retain a AT_MOST_ONCE 0 of 2 ; payload xy end
            3a 06 00 01 61 00 07 78 | publish dup a AT_LEAST_ONCE 7 of 1 ; payload x end
            34 06 00 01 61 ff ff 78 | publish a EXACTLY_ONCE 65535 of 1 ; payload x end
            3d 05 00 01 61 00 01 | publish dup retain a EXACTLY_ONCE 1 of 0 ; payload end
            30 06 00 04 c3 bc 2f 61 | publish ü/a AT_MOST_ONCE 0 of 0 ; payload end
            40 02 00 07 | PUBACK 7 0x00
            40 02 ff ff | PUBACK 65535 0x00
            50 02 00 07 | PUBREC 7 0x00
            50 02 ff ff | PUBREC 65535 0x00
            62 02 00 07 | PUBREL 7 0x00
            62 02 ff ff | PUBREL 65535 0x00
            70 02 00 07 | PUBCOMP 7 0x00
            70 02 ff ff | PUBCOMP 65535 0x00
            90 03 00 01 00 | suback 1 [0]
            90 06 ff ff 00 01 02 80 | suback 65535 [0, 1, 2, 128]
            b0 02 00 01 | unsuback 1 []
            b0 02 ff ff | unsuback 65535 []
            d0 00 | pingresp
            d0 00 40 02 00 01 | pingresp ; PUBACK 1 0x00
            """;

    /** All a broker of 5.0 may send. */
    static final String LEGAL_5 = """
            20 03 00 00 00 | connack new 0x00
            20 03 01 00 00 | connack present 0x00
            20 03 00 87 00 | connack new 0x87
            20 06 00 00 03 21 00 0a | connack new 0x00 RECEIVE_MAXIMUM=10
            20 08 00 9c 05 1c 00 02 68 3a | connack new 0x9c SERVER_REFERENCE=h:
            20 26 00 00 23 11 00 00 0e 10 24 01 25 00 27 00 00 04 00 12 00 01 69 22 00 0a 1f 00 02 61 62 28 00 \
            29 00 2a 01 13 00 3c | connack new 0x00 SESSION_EXPIRY_INTERVAL=3600 MAXIMUM_QOS=1 \
            RETAIN_AVAILABLE=0 MAXIMUM_PACKET_SIZE=1024 ASSIGNED_CLIENT_IDENTIFIER=i TOPIC_ALIAS_MAXIMUM=10 \
            REASON_STRING=ab WILDCARD_SUBSCRIPTION_AVAILABLE=0 SUBSCRIPTION_IDENTIFIER_AVAILABLE=0 \
            SHARED_SUBSCRIPTION_AVAILABLE=1 SERVER_KEEP_ALIVE=60
            20 1e 00 00 1b 1a 00 01 72 15 00 01 6d 16 00 02 01 02 26 00 01 61 00 01 62 26 00 01 61 00 01 62 | \
            connack new 0x00 RESPONSE_INFORMATION=r AUTHENTICATION_METHOD=m AUTHENTICATION_DATA=0102 \
            USER_PROPERTY=a:b USER_PROPERTY=a:b
            30 04 00 01 61 00 | publish a AT_MOST_ONCE 0 of 0 ; payload end
            30 07 00 00 03 23 00 01 78 | publish  AT_MOST_ONCE 0 of 1 TOPIC_ALIAS=1 ; payload x end
            32 0a 00 01 61 00 07 02 01 01 78 79 | publish a AT_LEAST_ONCE 7 of 2 PAYLOAD_FORMAT_INDICATOR=1 ; \
            payload xy end
            3d 06 00 01 61 ff ff 00 | publish dup retain a EXACTLY_ONCE 65535 of 0 ; payload end
            30 09 00 01 61 04 0b 01 0b 02 78 | publish a AT_MOST_ONCE 0 of 1 SUBSCRIPTION_IDENTIFIER=1 \
            SUBSCRIPTION_IDENTIFIER=2 ; payload x end
            30 25 00 01 61 20 02 00 00 00 3c 08 00 03 72 2f 74 09 00 02 01 02 26 00 01 61 00 01 62 0b ff ff ff \
            7f 03 00 01 63 78 | publish a AT_MOST_ONCE 0 of 1 MESSAGE_EXPIRY_INTERVAL=60 RESPONSE_TOPIC=r/t \
            CORRELATION_DATA=0102 USER_PROPERTY=a:b SUBSCRIPTION_IDENTIFIER=268435455 CONTENT_TYPE=c ; payload x \
            end
            40 02 00 07 | PUBACK 7 0x00
            40 03 00 07 10 | PUBACK 7 0x10
            40 04 00 07 10 00 | PUBACK 7 0x10
            40 10 00 07 00 0c 1f 00 02 61 62 26 00 01 61 00 01 62 | PUBACK 7 0x00 REASON_STRING=ab \
            USER_PROPERTY=a:b
            50 02 00 07 | PUBREC 7 0x00
            50 03 00 07 97 | PUBREC 7 0x97
            50 04 00 07 97 00 | PUBREC 7 0x97
            50 10 00 07 00 0c 1f 00 02 61 62 26 00 01 61 00 01 62 | PUBREC 7 0x00 REASON_STRING=ab \
            USER_PROPERTY=a:b
            62 02 00 07 | PUBREL 7 0x00
            62 03 00 07 92 | PUBREL 7 0x92
            62 04 00 07 92 00 | PUBREL 7 0x92
            62 10 00 07 00 0c 1f 00 02 61 62 26 00 01 61 00 01 62 | PUBREL 7 0x00 REASON_STRING=ab \
            USER_PROPERTY=a:b
            70 02 00 07 | PUBCOMP 7 0x00
            70 03 00 07 92 | PUBCOMP 7 0x92
            70 04 00 07 92 00 | PUBCOMP 7 0x92
            70 10 00 07 00 0c 1f 00 02 61 62 26 00 01 61 00 01 62 | PUBCOMP 7 0x00 REASON_STRING=ab \
            USER_PROPERTY=a:b
            90 05 00 01 00 01 a2 | suback 1 [1, 162]
            90 10 00 07 0c 1f 00 02 61 62 26 00 01 61 00 01 62 02 | suback 7 [2] REASON_STRING=ab \
            USER_PROPERTY=a:b
            b0 05 00 01 00 00 11 | unsuback 1 [0, 17]
            b0 10 00 07 0c 1f 00 02 61 62 26 00 01 61 00 01 62 8f | unsuback 7 [143] REASON_STRING=ab \
            USER_PROPERTY=a:b
            e0 00 | disconnect 0x00
            e0 01 8e | disconnect 0x8e
            e0 02 8d 00 | disconnect 0x8d
            e0 14 9d 12 1f 00 02 61 62 1c 00 03 68 3a 31 26 00 01 61 00 01 62 | disconnect 0x9d REASON_STRING=ab \
            SERVER_REFERENCE=h:1 USER_PROPERTY=a:b
            f0 00 | auth 0x00
            f0 02 00 00 | auth 0x00
            f0 06 18 04 15 00 01 73 | auth 0x18 AUTHENTICATION_METHOD=s
            f0 17 18 15 15 00 01 73 16 00 02 01 02 1f 00 02 61 62 26 00 01 61 00 01 62 | auth 0x18 \
            AUTHENTICATION_METHOD=s AUTHENTICATION_DATA=0102 REASON_STRING=ab USER_PROPERTY=a:b
            d0 00 | pingresp
            """;

    /** What one of 3.1.1 may not. */
    static final String ILLEGAL_3 = """
            00 | error 0x81
            10 | error 0x82
            82 | error 0x82
            a2 | error 0x82
            c0 | error 0x82
            21 | error 0x81
            36 | error 0x81
            38 | error 0x81
            3f | error 0x81
            41 | error 0x81
            52 | error 0x81
            60 | error 0x81
            63 | error 0x81
            71 | error 0x81
            92 | error 0x81
            b2 | error 0x81
            d1 | error 0x81
            d0 01 00 | error 0x81
            d0 80 00 | error 0x81
            30 80 80 80 80 | error 0x81
            30 ff ff ff 7f | error 0x95
            20 00 | error 0x81
            20 01 00 | error 0x81
            40 00 | error 0x81
            40 01 00 | error 0x81
            50 00 | error 0x81
            50 01 00 | error 0x81
            62 00 | error 0x81
            62 01 00 | error 0x81
            70 00 | error 0x81
            70 01 00 | error 0x81
            90 00 | error 0x81
            90 01 00 | error 0x81
            b0 00 | error 0x81
            b0 01 00 | error 0x81
            e0 | error 0x82
            f0 | error 0x82
            20 02 02 00 | error 0x81
            20 02 80 00 | error 0x81
            20 02 00 06 | error 0x82
            20 02 00 ff | error 0x82
            20 02 01 05 | error 0x82
            20 03 00 00 00 | error 0x81
            30 01 00 | error 0x81
            30 03 00 02 61 | error 0x81
            32 04 00 01 61 00 | error 0x81
            32 05 00 01 61 00 00 | error 0x82
            30 02 00 00 | error 0x82
            30 03 00 01 2b | error 0x90
            30 05 00 03 61 2f 23 | error 0x90
            30 03 00 01 00 | error 0x81
            30 04 00 02 c0 80 | error 0x81
            30 05 00 03 ed a0 80 | error 0x81
            40 02 00 00 | error 0x82
            40 03 00 07 00 | error 0x81
            50 02 00 00 | error 0x82
            50 03 00 07 00 | error 0x81
            62 02 00 00 | error 0x82
            62 03 00 07 00 | error 0x81
            70 02 00 00 | error 0x82
            70 03 00 07 00 | error 0x81
            90 03 00 01 03 | error 0x82
            90 02 00 01 | error 0x81
            90 03 00 00 00 | error 0x82
            90 04 00 01 00 81 | error 0x82
            b0 03 00 01 00 | error 0x81
            b0 02 00 00 | error 0x82
            """;

    /** What one of 5.0 may not; codes and properties that stand in the wrong packet have tables of their own. */
    static final String ILLEGAL_5 = """
            00 | error 0x81
            10 | error 0x82
            82 | error 0x82
            a2 | error 0x82
            c0 | error 0x82
            21 | error 0x81
            36 | error 0x81
            38 | error 0x81
            3f | error 0x81
            41 | error 0x81
            52 | error 0x81
            60 | error 0x81
            63 | error 0x81
            71 | error 0x81
            92 | error 0x81
            b2 | error 0x81
            d1 | error 0x81
            d0 01 00 | error 0x81
            d0 80 00 | error 0x81
            30 80 80 80 80 | error 0x81
            30 ff ff ff 7f | error 0x95
            20 00 | error 0x81
            20 01 00 | error 0x81
            40 00 | error 0x81
            40 01 00 | error 0x81
            50 00 | error 0x81
            50 01 00 | error 0x81
            62 00 | error 0x81
            62 01 00 | error 0x81
            70 00 | error 0x81
            70 01 00 | error 0x81
            90 00 | error 0x81
            90 01 00 | error 0x81
            b0 00 | error 0x81
            b0 01 00 | error 0x81
            20 02 00 00 | error 0x81
            20 03 02 00 00 | error 0x81
            20 03 00 07 00 | error 0x82
            20 03 01 87 00 | error 0x82
            20 04 00 00 01 21 | error 0x81
            20 06 00 00 03 21 00 00 | error 0x82
            20 08 00 00 05 27 00 00 00 00 | error 0x82
            20 09 00 00 06 21 00 01 21 00 01 | error 0x82
            20 05 00 00 02 24 02 | error 0x82
            20 05 00 00 02 25 02 | error 0x82
            20 05 00 00 02 2a 02 | error 0x82
            20 05 00 00 02 01 01 | error 0x81
            20 05 00 00 02 7f 01 | error 0x81
            20 06 00 00 03 a4 00 01 | error 0x81
            20 04 00 00 7f 00 | error 0x81
            20 04 00 00 00 00 | error 0x81
            20 07 00 00 04 1f 00 01 00 | error 0x81
            20 08 00 00 05 1f 00 02 c0 80 | error 0x81
            30 03 00 01 61 | error 0x81
            30 04 00 01 61 05 | error 0x81
            30 04 00 00 00 78 | error 0x82
            30 04 00 01 2b 00 | error 0x90
            32 06 00 01 61 00 00 00 | error 0x82
            30 08 00 01 61 80 80 80 80 01 | error 0x81
            30 08 00 01 61 80 80 80 00 01 | error 0x81
            30 06 00 01 61 02 0b 00 | error 0x82
            30 06 00 01 61 02 01 02 | error 0x82
            30 08 00 01 61 04 08 00 01 23 | error 0x82
            30 0a 00 01 61 06 23 00 01 23 00 02 | error 0x82
            30 09 00 01 61 05 18 00 00 00 01 | error 0x81
            30 09 00 01 61 05 11 00 00 00 01 | error 0x81
            40 02 00 00 | error 0x82
            40 03 00 07 92 | error 0x82
            40 05 00 07 00 00 00 | error 0x81
            40 04 00 07 00 05 | error 0x81
            40 07 00 07 00 03 21 00 01 | error 0x81
            40 0e 00 07 00 0a 1f 00 02 61 62 1f 00 02 61 62 | error 0x82
            50 02 00 00 | error 0x82
            50 03 00 07 92 | error 0x82
            50 05 00 07 00 00 00 | error 0x81
            50 04 00 07 00 05 | error 0x81
            50 07 00 07 00 03 21 00 01 | error 0x81
            50 0e 00 07 00 0a 1f 00 02 61 62 1f 00 02 61 62 | error 0x82
            62 02 00 00 | error 0x82
            62 03 00 07 10 | error 0x82
            62 05 00 07 00 00 00 | error 0x81
            62 04 00 07 00 05 | error 0x81
            62 07 00 07 00 03 21 00 01 | error 0x81
            62 0e 00 07 00 0a 1f 00 02 61 62 1f 00 02 61 62 | error 0x82
            70 02 00 00 | error 0x82
            70 03 00 07 10 | error 0x82
            70 05 00 07 00 00 00 | error 0x81
            70 04 00 07 00 05 | error 0x81
            70 07 00 07 00 03 21 00 01 | error 0x81
            70 0e 00 07 00 0a 1f 00 02 61 62 1f 00 02 61 62 | error 0x82
            90 04 00 00 00 00 | error 0x82
            90 04 00 01 00 03 | error 0x82
            90 03 00 01 00 | error 0x81
            90 02 00 01 | error 0x81
            90 04 00 01 05 00 | error 0x81
            90 07 00 01 03 21 00 01 00 | error 0x81
            90 0e 00 07 0a 1f 00 02 61 62 1f 00 02 61 62 00 | error 0x82
            b0 04 00 00 00 00 | error 0x82
            b0 04 00 01 00 8e | error 0x82
            b0 03 00 01 00 | error 0x81
            b0 02 00 01 | error 0x81
            b0 04 00 01 05 00 | error 0x81
            b0 07 00 01 03 21 00 01 00 | error 0x81
            b0 0e 00 07 0a 1f 00 02 61 62 1f 00 02 61 62 00 | error 0x82
            e1 | error 0x81
            e0 01 04 | error 0x82
            e0 01 ff | error 0x82
            e0 07 00 05 11 00 00 00 01 | error 0x82
            e0 03 00 05 1f | error 0x81
            e0 03 00 00 00 | error 0x81
            e0 05 00 03 21 00 01 | error 0x81
            e0 0c 00 0a 1f 00 02 61 62 1f 00 02 61 62 | error 0x82
            f1 | error 0x81
            f0 01 19 | error 0x82
            f0 01 80 | error 0x82
            f0 03 18 05 15 | error 0x81
            f0 03 18 00 00 | error 0x81
            f0 05 18 03 21 00 01 | error 0x81
            f0 0a 18 08 15 00 01 73 15 00 01 73 | error 0x82
            """;

    private DecoderRows() {}
}
