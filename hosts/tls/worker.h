/**
 * Worker: handshakes on a thread of their own; the bytes pass through two rings of each link.
 *
 * The machine's thread makes, feeds and closes links. While a link shakes, the worker alone touches its
 * session; once it is open, the machine's thread alone. A link that is closed in mid-handshake is an
 * orphan: the worker frees it after the step that it is in.
 */
#ifndef LUMINODE_WORKER_H
#define LUMINODE_WORKER_H

#include "session.h"

typedef struct Link Link;

typedef enum { LINK_SHAKING, LINK_OPEN, LINK_REFUSED } LinkState;

/** Bytes of one write of the lamp, at most: more than its longest packet. */
#define LINK_WRITE_BYTES 2560

/** NULL: no memory. `owner` is for `linkNext`. */
Link *linkOpen(const Trust *trust, void *machine, void *owner, void (*deliver)(void *machine));

void linkClose(Link *link);

LinkState linkState(const Link *link);
Refusal linkRefusal(const Link *link);
/** 12 or 13 once it is open; else 0. */
int linkVersion(const Link *link);
bool linkIsResumed(const Link *link);

/** Room for bytes of the peer. */
size_t linkRoom(const Link *link);
/** At most `linkRoom` bytes of the peer. */
void linkPut(Link *link, const uint8_t *bytes, size_t count);
/** No more bytes of the peer will come. */
void linkCut(Link *link);

/** Bytes that wait for the peer. */
size_t linkPending(const Link *link);
size_t linkTake(Link *link, uint8_t *into, size_t most);

/* Once it is open: as the session's. */

int linkAvailable(Link *link);
int linkRead(Link *link, uint8_t *into, size_t most);
/** Bytes that a write takes now. */
size_t linkWritable(const Link *link);
bool linkWrite(Link *link, const uint8_t *bytes, size_t count);
/** Announces the end to the peer; its bytes then wait. */
void linkEnd(Link *link);

/** In `deliver`: the owner of the next link with news since the last call; NULL: no more. */
void *linkNext(void);
/** First in `deliver`: from now on news are a new message. */
void linkDelivered(void);

#endif
