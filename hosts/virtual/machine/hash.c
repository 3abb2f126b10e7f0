/**
 * Hash: SHA-256 (FIPS 180-4), HMAC over it (RFC 2104) and CRC-32 (IEEE 802.3, reflected).
 */
#include <string.h>
#include "hash.h"

static const uint32_t roundConstants[64] = {
	0x428a2f98,
	0x71374491,
	0xb5c0fbcf,
	0xe9b5dba5,
	0x3956c25b,
	0x59f111f1,
	0x923f82a4,
	0xab1c5ed5,
	0xd807aa98,
	0x12835b01,
	0x243185be,
	0x550c7dc3,
	0x72be5d74,
	0x80deb1fe,
	0x9bdc06a7,
	0xc19bf174,
	0xe49b69c1,
	0xefbe4786,
	0x0fc19dc6,
	0x240ca1cc,
	0x2de92c6f,
	0x4a7484aa,
	0x5cb0a9dc,
	0x76f988da,
	0x983e5152,
	0xa831c66d,
	0xb00327c8,
	0xbf597fc7,
	0xc6e00bf3,
	0xd5a79147,
	0x06ca6351,
	0x14292967,
	0x27b70a85,
	0x2e1b2138,
	0x4d2c6dfc,
	0x53380d13,
	0x650a7354,
	0x766a0abb,
	0x81c2c92e,
	0x92722c85,
	0xa2bfe8a1,
	0xa81a664b,
	0xc24b8b70,
	0xc76c51a3,
	0xd192e819,
	0xd6990624,
	0xf40e3585,
	0x106aa070,
	0x19a4c116,
	0x1e376c08,
	0x2748774c,
	0x34b0bcb5,
	0x391c0cb3,
	0x4ed8aa4a,
	0x5b9cca4f,
	0x682e6ff3,
	0x748f82ee,
	0x78a5636f,
	0x84c87814,
	0x8cc70208,
	0x90befffa,
	0xa4506ceb,
	0xbef9a3f7,
	0xc67178f2,
};

static uint32_t rotate(uint32_t x, int by)
{
	return (x >> by) | (x << (32 - by));
}

static void shaBlock(uint32_t *state, const uint8_t *block)
{
	uint32_t w[64];
	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t) block[4 * i] << 24 | (uint32_t) block[4 * i + 1] << 16
			| (uint32_t) block[4 * i + 2] << 8 | block[4 * i + 3];
	for (int i = 16; i < 64; i++) {
		uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
		uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
		w[i] = w[i - 16] + s0 + w[i - 7] + s1;
	}
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
	for (int i = 0; i < 64; i++) {
		uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i] + w[i];
		uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + t2;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
	state[5] += f;
	state[6] += g;
	state[7] += h;
}

void shaBegin(Sha256 *sha)
{
	static const uint32_t start[8] = {
		0x6a09e667,
		0xbb67ae85,
		0x3c6ef372,
		0xa54ff53a,
		0x510e527f,
		0x9b05688c,
		0x1f83d9ab,
		0x5be0cd19,
	};
	memcpy(sha->state, start, sizeof(start));
	sha->filled = 0;
	sha->count = 0;
}

void shaUpdate(Sha256 *sha, const uint8_t *bytes, uint32_t count)
{
	sha->count += count;
	for (uint32_t i = 0; i < count; i++) {
		sha->block[sha->filled++] = bytes[i];
		if (sha->filled == 64) {
			shaBlock(sha->state, sha->block);
			sha->filled = 0;
		}
	}
}

void shaEnd(Sha256 *sha, uint8_t *digest)
{
	static const uint8_t padding[64] = { 0x80 };
	uint64_t bits = sha->count * 8;
	uint8_t length[8];
	for (int i = 0; i < 8; i++) length[i] = (uint8_t) (bits >> (56 - 8 * i));
	shaUpdate(sha, padding, 1 + (119 - sha->filled) % 64);
	shaUpdate(sha, length, 8);
	for (int i = 0; i < 32; i++) digest[i] = (uint8_t) (sha->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(const uint8_t *bytes, uint32_t count, uint8_t *digest)
{
	Sha256 sha;
	shaBegin(&sha);
	shaUpdate(&sha, bytes, count);
	shaEnd(&sha, digest);
}

void hmacSha256(const uint8_t *key, uint32_t keyCount, const uint8_t *bytes, uint32_t count, uint8_t *digest)
{
	uint8_t block[64] = { 0 };
	uint8_t pad[64];
	Sha256 sha;
	if (keyCount > 64)
		sha256(key, keyCount, block);
	else
		memcpy(block, key, keyCount);
	for (int i = 0; i < 64; i++) pad[i] = block[i] ^ 0x36;
	shaBegin(&sha);
	shaUpdate(&sha, pad, 64);
	shaUpdate(&sha, bytes, count);
	shaEnd(&sha, digest);
	for (int i = 0; i < 64; i++) pad[i] = block[i] ^ 0x5c;
	uint8_t inner[32];
	memcpy(inner, digest, 32);
	shaBegin(&sha);
	shaUpdate(&sha, pad, 64);
	shaUpdate(&sha, inner, 32);
	shaEnd(&sha, digest);
}

uint32_t crc32Of(uint32_t crc, const uint8_t *bytes, uint32_t count)
{
	crc = ~crc;
	for (uint32_t i = 0; i < count; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
	}
	return ~crc;
}
