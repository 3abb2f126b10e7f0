/**
 * Chain: judges the certificates of a peer by the city's CA alone, and by a date that is certainly past.
 *
 * The library computes the signature of a certificate with a stranger's key before it looks at the
 * key's size, so the path is first checked without arithmetic: at most four certificates, keys and
 * algorithms within bounds, names that lead to the CA. Then the library verifies this path.
 */
#ifndef LUMINODE_CHAIN_H
#define LUMINODE_CHAIN_H

#include <mbedtls/x509_crt.h>

#include "certificate.h"

typedef enum {
	CHAIN_TRUSTED,
	/** Form, name, purpose, key or algorithm of a certificate, or no path to the CA. */
	CHAIN_UNSUITABLE,
	/** A certificate, or the CA's own, has ended. */
	CHAIN_DATE,
	/** A signature, or a constraint, as the library judges. */
	CHAIN_UNTRUSTED,
} ChainVerdict;

/** `until`: the last instant at which every certificate of the path is valid. */
ChainVerdict chainJudge(
	mbedtls_x509_crt *peer, mbedtls_x509_crt *authority, const char *name, int64_t date, int64_t *until);

#endif
