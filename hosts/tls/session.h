/**
 * Session: one TLS client session, 1.2 or 1.3, over any bytes; it never waits.
 *
 * Trust is the city's CA alone. A session is used by one thread at a time: `sessionShake`, with all
 * its arithmetic, by one, everything afterwards by another.
 */
#ifndef LUMINODE_SESSION_H
#define LUMINODE_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Session Session;

typedef struct {
	const uint8_t *bytes;
	size_t count;
} Bytes;

/** All in DER; the key is PKCS #8. Copied. */
typedef struct {
	Bytes authority;
	/** For a server that requests one; empty: none. */
	Bytes certificate, key;
	const char *name;
	/** A date that is certainly past, in milliseconds since 1970. */
	int64_t date;
} Trust;

/** The bytes below. Both return the number of bytes moved, 0: none now, -1: ended. */
typedef struct {
	void *context;
	int (*receive)(void *context, uint8_t *into, size_t most);
	int (*send)(void *context, const uint8_t *bytes, size_t count);
} Wire;

/** Bytes that a record adds, at most: header, explicit nonce, content type, tag. */
#define RECORD_OVERHEAD 32

typedef enum { SHAKE_MORE, SHAKE_WAITS, SHAKE_DONE, SHAKE_REFUSED } Shake;

typedef enum {
	REFUSED_NOT,
	/** The CA, the own certificate or key, or memory. */
	REFUSED_SETUP,
	/** The peer's chain (ChainVerdict). */
	REFUSED_CHAIN,
	REFUSED_DATE,
	REFUSED_SIGNATURE,
	/** An alert of the peer. */
	REFUSED_BY_PEER,
	/** The bytes ended. */
	REFUSED_ENDED,
	/** Everything else that the library refuses. */
	REFUSED_PROTOCOL,
} Refusal;

/** NULL: no memory. No arithmetic. */
Session *sessionOpen(const Trust *trust, const Wire *wire);

/** One step of the handshake. */
Shake sessionShake(Session *session);

/** Decrypts what has come, and returns the bytes to be read; -1: the session has ended. */
int sessionAvailable(Session *session);

int sessionRead(Session *session, uint8_t *into, size_t most);

/** False: the session has ended, or the wire has no room for `count` and RECORD_OVERHEAD bytes. */
bool sessionWrite(Session *session, const uint8_t *bytes, size_t count);

/** Announces the end to the peer if the wire has room. */
void sessionEnd(Session *session);

void sessionFree(Session *session);

Refusal sessionRefusal(const Session *session);
/** 12 or 13; 0 before it is known. */
int sessionVersion(const Session *session);
/** It took up an earlier session, without certificates. */
bool sessionIsResumed(const Session *session);

/** Drops the sessions that could be resumed: the store's certificates changed. */
void sessionForget(void);

#endif
