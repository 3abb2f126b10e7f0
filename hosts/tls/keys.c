/** Keys: the judgements on certificates and private keys that need the library's arithmetic. */
#include "certificate.h"
#include "digests.h"
#include "version.h"

bool certificateFingerprint(const uint8_t *bytes, size_t count, uint8_t into[FINGERPRINT_BYTES])
{
	return sha256(bytes, count, into);
}

/* The hash that a sound algorithm of ours names by its last byte. */
static mbedtls_md_type_t hashOf(Der algorithm, psa_algorithm_t *psa)
{
	switch (algorithm.end[-1]) {
	case 0x0b:
	case 0x02:
		*psa = PSA_ALG_SHA_256;
		return MBEDTLS_MD_SHA256;
	case 0x0c:
	case 0x03:
		*psa = PSA_ALG_SHA_384;
		return MBEDTLS_MD_SHA384;
	default:
		*psa = PSA_ALG_SHA_512;
		return MBEDTLS_MD_SHA512;
	}
}

bool certificateIsSelfSigned(const uint8_t *bytes, size_t count)
{
	Certificate read;
	if (!certificateRead(bytes, count, &read) || !certificateIsSignedSoundly(&read)) return false;
	if (!read.isConsistent || read.key == KEY_OTHER || !derSame(read.issuer, read.subject)) return false;
	Der block = derOf(bytes, count), whole, tbs, signature;
	if (!derTake(&block, DER_SEQUENCE, &whole) || !derWhole(&whole, DER_SEQUENCE, &tbs)
		|| !derTake(&whole, DER_SEQUENCE, NULL) || !derBits(&whole, &signature))
		return false;
	bool isRsa = derCount(read.algorithm) == 9;
	if (isRsa != (read.key == KEY_RSA)) return false;
	psa_algorithm_t hash;
	mbedtls_md_type_t md = hashOf(read.algorithm, &hash);
	uint8_t digest[64];
	size_t length;
	if (psa_hash_compute(hash, tbs.at, derCount(tbs), digest, sizeof digest, &length) != PSA_SUCCESS)
		return false;
	mbedtls_pk_context key;
	mbedtls_pk_init(&key);
	bool isGood = mbedtls_pk_parse_public_key(&key, read.info.at, derCount(read.info)) == 0
		&& mbedtls_pk_verify(&key, md, digest, length, signature.at, derCount(signature)) == 0;
	mbedtls_pk_free(&key);
	return isGood;
}

bool privateKeyIsOf(const uint8_t *key, size_t keyCount, const uint8_t *certificate, size_t count)
{
	Certificate read;
	mbedtls_pk_context certified, own;
	mbedtls_pk_init(&certified);
	mbedtls_pk_init(&own);
	bool isPair = privateKeyState(key, keyCount) == PRIVATE_VALID
		&& certificateRead(certificate, count, &read)
		&& mbedtls_pk_parse_public_key(&certified, read.info.at, derCount(read.info)) == 0
		&& versionParseKey(&own, key, keyCount) == 0 && versionCheckPair(&certified, &own) == 0;
	mbedtls_pk_free(&own);
	mbedtls_pk_free(&certified);
	return isPair;
}
