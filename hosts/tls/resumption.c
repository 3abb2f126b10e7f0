/** Resumption: one session, serialised, so that it is one block of memory of known size. */
#include "resumption.h"

#include <mbedtls/platform_util.h>
#include <stdlib.h>
#include <string.h>

/* A ticket of 2 KB and a certificate: a larger one is not kept. */
#define LARGEST 4096

static Resumable kept;
static uint8_t keptMark[DIGEST_BYTES];

void resumptionFree(Resumable *resumable)
{
	if (resumable->bytes) mbedtls_platform_zeroize(resumable->bytes, resumable->count);
	free(resumable->bytes);
	memset(resumable, 0, sizeof *resumable);
}

void resumptionForget(void)
{
	resumptionFree(&kept);
}

Resumable resumptionTake(const uint8_t mark[DIGEST_BYTES], int64_t date)
{
	Resumable taken = { 0 };
	if (!kept.bytes || memcmp(keptMark, mark, DIGEST_BYTES) != 0) return taken;
	taken = kept;
	memset(&kept, 0, sizeof kept);
	if (date > taken.until) resumptionFree(&taken);
	return taken;
}

bool resumptionOffer(const Resumable *resumable, mbedtls_ssl_context *ssl)
{
	if (!resumable->bytes) return false;
	mbedtls_ssl_session session;
	mbedtls_ssl_session_init(&session);
	bool isOffered = mbedtls_ssl_session_load(&session, resumable->bytes, resumable->count) == 0
		&& mbedtls_ssl_set_session(ssl, &session) == 0;
	mbedtls_ssl_session_free(&session);
	return isOffered;
}

void resumptionKeep(mbedtls_ssl_context *ssl, const uint8_t mark[DIGEST_BYTES], int64_t until)
{
	mbedtls_ssl_session session;
	mbedtls_ssl_session_init(&session);
	size_t count = 0;
	if (mbedtls_ssl_get_session(ssl, &session) == 0) {
		mbedtls_ssl_session_save(&session, NULL, 0, &count); /* the size alone */
		uint8_t *bytes = count > 0 && count <= LARGEST ? malloc(count) : NULL;
		if (bytes && mbedtls_ssl_session_save(&session, bytes, count, &count) == 0) {
			resumptionForget();
			kept = (Resumable){ bytes, count, until };
			memcpy(keptMark, mark, DIGEST_BYTES);
		} else {
			free(bytes);
		}
	}
	mbedtls_ssl_session_free(&session);
}
