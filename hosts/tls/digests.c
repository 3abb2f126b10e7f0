/** Digests: by PSA Crypto, which both versions of Mbed TLS have. */
#include "digests.h"

#include <string.h>

#include "der.h"

#define BLOCK_BYTES 64
#define COORDINATE_BYTES 32

bool cryptoBegin(void)
{
	return psa_crypto_init() == PSA_SUCCESS;
}

bool sha256(const uint8_t *bytes, size_t count, uint8_t into[DIGEST_BYTES])
{
	size_t length;
	return psa_hash_compute(PSA_ALG_SHA_256, bytes, count, into, DIGEST_BYTES, &length) == PSA_SUCCESS;
}

/* A digest that has taken the key's block, with each byte turned by `pad` (RFC 2104, 2). */
static bool beginPadded(psa_hash_operation_t *hash, const uint8_t key[BLOCK_BYTES], uint8_t pad)
{
	uint8_t block[BLOCK_BYTES];
	for (size_t at = 0; at < BLOCK_BYTES; at += 1) block[at] = key[at] ^ pad;
	bool isBegun = psa_hash_setup(hash, PSA_ALG_SHA_256) == PSA_SUCCESS
		&& psa_hash_update(hash, block, BLOCK_BYTES) == PSA_SUCCESS;
	return isBegun;
}

typedef struct {
	psa_hash_operation_t inner, outer;
} Hmac;

/* PSA's own HMAC copies its key into a slot and takes none that is empty. */
static bool hmacBegin(Hmac *hmac, const uint8_t *key, size_t count)
{
	uint8_t block[BLOCK_BYTES] = { 0 };
	memset(hmac, 0, sizeof *hmac);
	hmac->inner = hmac->outer = psa_hash_operation_init();
	if (count > BLOCK_BYTES) {
		if (!sha256(key, count, block)) return false;
	} else if (count > 0) {
		memcpy(block, key, count);
	}
	return beginPadded(&hmac->inner, block, 0x36) && beginPadded(&hmac->outer, block, 0x5c);
}

static bool hmacOf(const Hmac *hmac, const uint8_t *bytes, size_t count, const uint8_t *more,
	size_t moreCount, uint8_t into[DIGEST_BYTES])
{
	psa_hash_operation_t inner = PSA_HASH_OPERATION_INIT, outer = PSA_HASH_OPERATION_INIT;
	size_t length;
	bool isDone = psa_hash_clone(&hmac->inner, &inner) == PSA_SUCCESS
		&& psa_hash_update(&inner, bytes, count) == PSA_SUCCESS
		&& psa_hash_update(&inner, more, moreCount) == PSA_SUCCESS
		&& psa_hash_finish(&inner, into, DIGEST_BYTES, &length) == PSA_SUCCESS
		&& psa_hash_clone(&hmac->outer, &outer) == PSA_SUCCESS
		&& psa_hash_update(&outer, into, DIGEST_BYTES) == PSA_SUCCESS
		&& psa_hash_finish(&outer, into, DIGEST_BYTES, &length) == PSA_SUCCESS;
	psa_hash_abort(&inner);
	psa_hash_abort(&outer);
	return isDone;
}

static void hmacEnd(Hmac *hmac)
{
	psa_hash_abort(&hmac->inner);
	psa_hash_abort(&hmac->outer);
}

bool hmacSha256(
	const uint8_t *key, size_t keyCount, const uint8_t *bytes, size_t count, uint8_t into[DIGEST_BYTES])
{
	Hmac hmac;
	bool isDone = hmacBegin(&hmac, key, keyCount) && hmacOf(&hmac, bytes, count, NULL, 0, into);
	hmacEnd(&hmac);
	return isDone;
}

bool pbkdf2Sha256(const uint8_t *password, size_t passwordCount, const uint8_t *salt, size_t saltCount,
	uint32_t rounds, uint8_t into[DIGEST_BYTES])
{
	static const uint8_t FIRST[] = { 0, 0, 0, 1 }; /* the block's number */
	Hmac hmac;
	uint8_t round[DIGEST_BYTES];
	bool isDone = rounds > 0 && hmacBegin(&hmac, password, passwordCount)
		&& hmacOf(&hmac, salt, saltCount, FIRST, sizeof FIRST, round);
	if (rounds == 0) return false;
	if (isDone) memcpy(into, round, DIGEST_BYTES);
	for (uint32_t nth = 1; isDone && nth < rounds; nth += 1) {
		isDone = hmacOf(&hmac, round, DIGEST_BYTES, NULL, 0, round);
		for (size_t at = 0; at < DIGEST_BYTES; at += 1) into[at] ^= round[at];
	}
	hmacEnd(&hmac);
	return isDone;
}

/* The next INTEGER as a number of 32 bytes. */
static bool takeNumber(Der *from, uint8_t into[COORDINATE_BYTES])
{
	Der number;
	if (!derPositive(from, &number) || derCount(number) > COORDINATE_BYTES) return false;
	size_t gap = COORDINATE_BYTES - derCount(number);
	memset(into, 0, gap);
	memcpy(into + gap, number.at, derCount(number));
	return true;
}

bool ecdsaVerify(const uint8_t point[POINT_BYTES], const uint8_t *digest, size_t digestCount,
	const uint8_t *signature, size_t count)
{
	uint8_t numbers[POINT_BYTES];
	Der whole = derOf(signature, count), pair;
	if (!derTake(&whole, DER_SEQUENCE, &pair) || derCount(whole) > 0) return false;
	if (!takeNumber(&pair, numbers) || !takeNumber(&pair, numbers + COORDINATE_BYTES) || derCount(pair) > 0)
		return false;
	uint8_t key[1 + POINT_BYTES] = { 4 }; /* uncompressed */
	memcpy(key + 1, point, POINT_BYTES);
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
	psa_set_key_bits(&attributes, 256);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
	psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA_ANY);
	psa_key_id_t id;
	if (psa_import_key(&attributes, key, sizeof key, &id) != PSA_SUCCESS) return false;
	psa_status_t status =
		psa_verify_hash(id, PSA_ALG_ECDSA_ANY, digest, digestCount, numbers, sizeof numbers);
	psa_destroy_key(id);
	return status == PSA_SUCCESS;
}
