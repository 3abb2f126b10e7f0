/**
 * Digests: SHA-256, HMAC, PBKDF2 and verification of ECDSA by PSA Crypto.
 */
#ifndef LUMINODE_DIGESTS_H
#define LUMINODE_DIGESTS_H

#include <psa/crypto.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_BYTES 32
/** Coordinates x and y of P-256. */
#define POINT_BYTES 64

/** Once before all else, in one thread; false: no random source. */
bool cryptoBegin(void);

bool sha256(const uint8_t *bytes, size_t count, uint8_t into[DIGEST_BYTES]);

/** RFC 2104 with SHA-256. */
bool hmacSha256(
	const uint8_t *key, size_t keyCount, const uint8_t *bytes, size_t count, uint8_t into[DIGEST_BYTES]);

/** The first block (RFC 8018, 5.2) with HMAC-SHA-256. */
bool pbkdf2Sha256(const uint8_t *password, size_t passwordCount, const uint8_t *salt, size_t saltCount,
	uint32_t rounds, uint8_t into[DIGEST_BYTES]);

/** P-256 (FIPS 186-5); the signature in strict DER. */
bool ecdsaVerify(const uint8_t point[POINT_BYTES], const uint8_t *digest, size_t digestCount,
	const uint8_t *signature, size_t count);

#endif
