/** Worker: one thread for all links, a step of each in turn, one message to the machine at a time. */
#include "worker.h"

#include <stdlib.h>
#include <string.h>

#include "digests.h"
#include "port.h"

/* Of the peer's bytes more wait in TCP; of ours a write and the end of the session fit. */
#define IN_BYTES 2048
#define OUT_BYTES (LINK_WRITE_BYTES + 2 * RECORD_OVERHEAD + 64)

typedef struct {
	size_t from, count, size;
	uint8_t *bytes;
} Ring;

struct Link {
	Session *session;
	void *machine, *owner;
	void (*deliver)(void *machine);
	Ring in, out;
	LinkState state;
	/** `isReady`: a step may get further; `isBusy`: the worker is in one. */
	bool isReady, isBusy, isOrphan, isCut, hasNews;
	Link *next;
	uint8_t bytes[IN_BYTES + OUT_BYTES];
};

/* Guarded by the lock. */
static Link *links;
static bool isStarted, isPosted;

static size_t ringPut(Ring *ring, const uint8_t *bytes, size_t count)
{
	size_t room = ring->size - ring->count;
	if (count > room) count = room;
	for (size_t left = count; left > 0;) {
		size_t at = (ring->from + ring->count) % ring->size;
		size_t step = ring->size - at < left ? ring->size - at : left;
		memcpy(ring->bytes + at, bytes, step);
		bytes += step;
		left -= step;
		ring->count += step;
	}
	return count;
}

static size_t ringTake(Ring *ring, uint8_t *into, size_t most)
{
	size_t count = ring->count < most ? ring->count : most;
	for (size_t left = count; left > 0;) {
		size_t step = ring->size - ring->from < left ? ring->size - ring->from : left;
		memcpy(into, ring->bytes + ring->from, step);
		into += step;
		left -= step;
		ring->from = (ring->from + step) % ring->size;
		ring->count -= step;
	}
	return count;
}

/* The wire of a session, in either thread. */
static int receiveFrom(void *context, uint8_t *into, size_t most)
{
	Link *link = context;
	portLock();
	int count = (int) ringTake(&link->in, into, most);
	if (count > 0)
		link->hasNews = true; /* there is room again */
	else if (link->isCut)
		count = -1;
	portUnlock();
	return count;
}

static int sendTo(void *context, const uint8_t *bytes, size_t count)
{
	Link *link = context;
	portLock();
	int sent = (int) ringPut(&link->out, bytes, count);
	if (sent > 0) link->hasNews = true;
	portUnlock();
	return sent;
}

static void freeLink(Link *link)
{
	sessionFree(link->session);
	memset(link->bytes, 0, sizeof link->bytes);
	free(link);
}

static void unlist(Link *link)
{
	Link **at = &links;
	while (*at && *at != link) at = &(*at)->next;
	if (*at) *at = link->next;
}

/* With the lock held; behind the others from now on. */
static Link *nextReady(void)
{
	for (Link *link = links; link; link = link->next) {
		if (!link->isReady || link->state != LINK_SHAKING) continue;
		unlist(link);
		Link **end = &links;
		while (*end) end = &(*end)->next;
		link->next = NULL;
		return *end = link;
	}
	return NULL;
}

static void work(void)
{
	portLock();
	for (;;) {
		Link *link = nextReady();
		if (!link) {
			portWait();
			continue;
		}
		link->isReady = false;
		link->isBusy = true;
		portUnlock();
		Shake shake = sessionShake(link->session);
		portStep();
		portLock();
		link->isBusy = false;
		if (link->isOrphan) {
			unlist(link);
			portUnlock();
			freeLink(link);
			portLock();
			continue;
		}
		if (shake == SHAKE_MORE) link->isReady = true;
		if (shake == SHAKE_DONE) link->state = LINK_OPEN;
		if (shake == SHAKE_REFUSED) link->state = LINK_REFUSED;
		if (link->state != LINK_SHAKING) link->hasNews = true;
		if (!link->hasNews || isPosted) continue;
		isPosted = true;
		void *machine = link->machine;
		void (*deliver)(void *machine) = link->deliver;
		portUnlock();
		portPost(machine, deliver);
		portLock();
	}
}

Link *linkOpen(const Trust *trust, void *machine, void *owner, void (*deliver)(void *machine))
{
	Link *link = calloc(1, sizeof *link);
	if (!link) return NULL;
	link->in = (Ring){ .size = IN_BYTES, .bytes = link->bytes };
	link->out = (Ring){ .size = OUT_BYTES, .bytes = link->bytes + IN_BYTES };
	link->machine = machine;
	link->owner = owner;
	link->deliver = deliver;
	link->isReady = true;
	Wire wire = { link, receiveFrom, sendTo };
	bool isReady = isStarted || (cryptoBegin() && portStart(work));
	isStarted = isReady;
	link->session = isReady ? sessionOpen(trust, &wire) : NULL;
	if (!link->session) {
		free(link);
		return NULL;
	}
	portLock();
	link->next = links;
	links = link;
	portWake();
	portUnlock();
	return link;
}

void linkClose(Link *link)
{
	portLock();
	bool isBusy = link->isBusy;
	if (isBusy)
		link->isOrphan = true;
	else
		unlist(link);
	link->owner = NULL;
	portUnlock();
	if (!isBusy) freeLink(link);
}

LinkState linkState(const Link *link)
{
	portLock();
	LinkState state = link->state;
	portUnlock();
	return state;
}

Refusal linkRefusal(const Link *link)
{
	return linkState(link) == LINK_REFUSED ? sessionRefusal(link->session) : REFUSED_NOT;
}

int linkVersion(const Link *link)
{
	return linkState(link) == LINK_OPEN ? sessionVersion(link->session) : 0;
}

bool linkIsResumed(const Link *link)
{
	return linkState(link) == LINK_OPEN && sessionIsResumed(link->session);
}

size_t linkRoom(const Link *link)
{
	portLock();
	size_t room = link->in.size - link->in.count;
	portUnlock();
	return room;
}

void linkPut(Link *link, const uint8_t *bytes, size_t count)
{
	portLock();
	ringPut(&link->in, bytes, count);
	link->isReady = true;
	portWake();
	portUnlock();
}

void linkCut(Link *link)
{
	portLock();
	link->isCut = true;
	link->isReady = true;
	portWake();
	portUnlock();
}

size_t linkPending(const Link *link)
{
	portLock();
	size_t count = link->out.count;
	portUnlock();
	return count;
}

size_t linkTake(Link *link, uint8_t *into, size_t most)
{
	portLock();
	size_t count = ringTake(&link->out, into, most);
	if (count > 0) {
		link->isReady = true;
		portWake();
	}
	portUnlock();
	return count;
}

int linkAvailable(Link *link)
{
	return linkState(link) == LINK_OPEN ? sessionAvailable(link->session) : 0;
}

int linkRead(Link *link, uint8_t *into, size_t most)
{
	return linkState(link) == LINK_OPEN ? sessionRead(link->session, into, most) : 0;
}

size_t linkWritable(const Link *link)
{
	size_t used = linkState(link) == LINK_OPEN ? linkPending(link) : LINK_WRITE_BYTES;
	return used >= LINK_WRITE_BYTES ? 0 : LINK_WRITE_BYTES - used;
}

bool linkWrite(Link *link, const uint8_t *bytes, size_t count)
{
	return count <= linkWritable(link) && sessionWrite(link->session, bytes, count);
}

void linkEnd(Link *link)
{
	if (linkState(link) == LINK_OPEN) sessionEnd(link->session);
}

void linkDelivered(void)
{
	portLock();
	isPosted = false;
	portUnlock();
}

void *linkNext(void)
{
	void *owner = NULL;
	portLock();
	for (Link *link = links; link && !owner; link = link->next) {
		if (!link->hasNews || link->isOrphan) continue;
		link->hasNews = false;
		owner = link->owner;
	}
	portUnlock();
	return owner;
}
