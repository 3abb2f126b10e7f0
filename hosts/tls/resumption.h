/**
 * Resumption: the last session of one peer, in memory, for its next handshake without certificates.
 *
 * A session that was taken is gone until its connection gives another, so one that a broker refuses
 * is offered once. Used by the thread that opens and reads sessions, alone.
 */
#ifndef LUMINODE_RESUMPTION_H
#define LUMINODE_RESUMPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "digests.h"
#include "version.h"

typedef struct {
	/** As the library saves it, allocated; NULL: none. */
	uint8_t *bytes;
	size_t count;
	/** The last instant at which the certificates that it stands for are valid. */
	int64_t until;
} Resumable;

/** The kept session of that peer and trust, unless its certificates are out of date. */
Resumable resumptionTake(const uint8_t mark[DIGEST_BYTES], int64_t date);

/** Offers it; false: there is none, or it is of no use. */
bool resumptionOffer(const Resumable *resumable, mbedtls_ssl_context *ssl);

void resumptionFree(Resumable *resumable);

/** Keeps the session of a connection, in place of the one before. */
void resumptionKeep(mbedtls_ssl_context *ssl, const uint8_t mark[DIGEST_BYTES], int64_t until);

void resumptionForget(void);

#endif
