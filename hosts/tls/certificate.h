/**
 * Certificate: parses X.509 (RFC 5280, 4) in strict DER, judges its dates, and its place in a chain.
 *
 * The TLS library parses certificates, too; a chain has to satisfy both. No signature is computed
 * here but in `certificateIsSelfSigned`.
 */
#ifndef LUMINODE_CERTIFICATE_H
#define LUMINODE_CERTIFICATE_H

#include "der.h"

typedef enum {
	CERTIFICATE_VALID,
	CERTIFICATE_MALFORMED,
	CERTIFICATE_EXPIRED,
	CERTIFICATE_NOT_YET,
} CertificateState;

typedef enum { KEY_OTHER, KEY_RSA, KEY_P256, KEY_P384 } KeyKind;

typedef struct {
	/** Object identifier of hash and signature. */
	Der algorithm;
	/** With tag and length, to be compared. */
	Der issuer, subject;
	/** SubjectPublicKeyInfo, with tag and length. */
	Der info;
	/** Content of SubjectAltName. */
	Der names;
	/** KEY_OTHER: no kind, or out of its bounds. */
	KeyKind key;
	/** Milliseconds since 1970, both included. */
	int64_t from, to;
	/** Number of certificates allowed between it and the last one. */
	int pathLength;
	/** May sign certificates. */
	bool isAuthority;
	/** Its purposes include TLS servers. */
	bool isForServers;
	/** Its key may be used in a handshake. */
	bool isForHandshake;
	/** No critical extension is unsupported. */
	bool isUnderstood;
	/** The same algorithm is named within and behind the signed part (4.1.1.2). */
	bool isConsistent;
} Certificate;

/** False: not well formed. Spans point into `bytes`. */
bool certificateRead(const uint8_t *bytes, size_t count, Certificate *into);

/** `date` in milliseconds since 1970. */
CertificateState certificateState(const Certificate *certificate, int64_t date);

/** Hash SHA-256, SHA-384 or SHA-512, with RSA (PKCS 1) or ECDSA. */
bool certificateIsSignedSoundly(const Certificate *certificate);

/** A DNS name, one `*` for its first label, or IPv4 (RFC 6125). */
bool certificateIsFor(const Certificate *certificate, const char *name);

#define FINGERPRINT_BYTES 32
/** SHA-256 of the certificate. */
bool certificateFingerprint(const uint8_t *bytes, size_t count, uint8_t into[FINGERPRINT_BYTES]);

/** Whether issuer and subject are the same and its own key made the signature. */
bool certificateIsSelfSigned(const uint8_t *bytes, size_t count);

typedef enum { PRIVATE_VALID, PRIVATE_MALFORMED, PRIVATE_UNSUPPORTED } PrivateState;

/** PKCS #8 (RFC 5958): RSA of 2048 to 4096 bits, or P-256. */
PrivateState privateKeyState(const uint8_t *bytes, size_t count);

/** Whether a certificate belongs to a private key. */
bool privateKeyIsOf(const uint8_t *key, size_t keyCount, const uint8_t *certificate, size_t count);

#endif
