/** Chain: first the path, without arithmetic; then the library's verification of this path. */
#include "chain.h"

/* A leaf, two intermediates and a certificate that the CA signed: more is no chain of a city. */
#define MOST_CERTIFICATES 4

typedef struct {
	int64_t date, until;
} Dates;

static const mbedtls_x509_crt_profile PROFILE = {
	.allowed_mds = MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA256) | MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA384)
		| MBEDTLS_X509_ID_FLAG(MBEDTLS_MD_SHA512),
	.allowed_pks = 0xffffffff,
	.allowed_curves = 0xffffffff, /* `isSuitable` has seen the keys */
	.rsa_min_bitlen = 2048,
};

static bool isSuitable(const Certificate *one)
{
	return one->isUnderstood && one->isConsistent && one->isForServers && one->key != KEY_OTHER
		&& certificateIsSignedSoundly(one);
}

/* `between`: intermediates below it, the last certificate not counted (4.2.1.9). */
static bool isAbove(const Certificate *one, const Certificate *below, int between)
{
	return one->isAuthority && one->pathLength >= between && derSame(one->subject, below->issuer);
}

/* From the peer's to the one that names the CA as its issuer; NULL: no path. */
static mbedtls_x509_crt *lastOf(mbedtls_x509_crt *peer, const Certificate *authority, const char *name)
{
	Certificate one, below = { 0 };
	int nth = 0;
	for (mbedtls_x509_crt *at = peer; at && nth < MOST_CERTIFICATES; at = at->next, nth += 1) {
		if (!certificateRead(at->raw.p, at->raw.len, &one) || !isSuitable(&one)) return NULL;
		if (nth == 0 && (!one.isForHandshake || !certificateIsFor(&one, name))) return NULL;
		if (nth > 0 && !isAbove(&one, &below, nth - 1)) return NULL;
		if (derSame(one.issuer, authority->subject)) return at;
		below = one;
	}
	return NULL;
}

/*
 * The library goes by the system's clock, or by none: the lamp's date counts. It is certainly past, so
 * it shows that a certificate has ended and not that one has not begun.
 */
static int judgeDates(void *context, mbedtls_x509_crt *one, int depth, uint32_t *flags)
{
	Dates *dates = context;
	Certificate read;
	(void) depth;
	*flags &= ~(uint32_t) (MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
	if (!certificateRead(one->raw.p, one->raw.len, &read)) {
		*flags |= MBEDTLS_X509_BADCERT_OTHER;
		return 0;
	}
	if (certificateState(&read, dates->date) == CERTIFICATE_EXPIRED)
		*flags |= MBEDTLS_X509_BADCERT_EXPIRED;
	if (read.to < dates->until) dates->until = read.to;
	return 0;
}

ChainVerdict chainJudge(
	mbedtls_x509_crt *peer, mbedtls_x509_crt *authority, const char *name, int64_t date, int64_t *until)
{
	Certificate trusted;
	if (!certificateRead(authority->raw.p, authority->raw.len, &trusted)) return CHAIN_UNSUITABLE;
	if (certificateState(&trusted, date) == CERTIFICATE_EXPIRED) return CHAIN_DATE;
	mbedtls_x509_crt *last = lastOf(peer, &trusted, name);
	if (!last) return CHAIN_UNSUITABLE;
	Dates dates = { date, INT64_MAX };
	uint32_t flags = 0xffffffff;
	mbedtls_x509_crt *rest = last->next;
	last->next = NULL; /* the library would try every certificate behind the path, too */
	int status = mbedtls_x509_crt_verify_with_profile(
		peer, authority, NULL, &PROFILE, name, &flags, judgeDates, &dates);
	last->next = rest;
	*until = dates.until;
	if (status == 0 && flags == 0) return CHAIN_TRUSTED;
	uint32_t inTime = flags & ~(uint32_t) MBEDTLS_X509_BADCERT_EXPIRED;
	return inTime == 0 ? CHAIN_DATE : CHAIN_UNTRUSTED;
}
