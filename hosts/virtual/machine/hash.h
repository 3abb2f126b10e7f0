/**
 * Hash: SHA-256, HMAC and CRC-32.
 */
#ifndef LUMINODE_HASH_H
#define LUMINODE_HASH_H

#include <stdint.h>

typedef struct {
	uint32_t state[8];
	uint8_t block[64];
	uint32_t filled;
	uint64_t count;
} Sha256;
void shaBegin(Sha256 *sha);
void shaUpdate(Sha256 *sha, const uint8_t *bytes, uint32_t count);
void shaEnd(Sha256 *sha, uint8_t *digest);

void sha256(const uint8_t *bytes, uint32_t count, uint8_t *digest);
void hmacSha256(const uint8_t *key, uint32_t keyCount, const uint8_t *bytes, uint32_t count, uint8_t *digest);
uint32_t crc32Of(uint32_t crc, const uint8_t *bytes, uint32_t count);

#endif
