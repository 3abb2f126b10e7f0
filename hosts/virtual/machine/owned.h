/**
 * Owned: memory by owner, a lamp or the root, so that all of it can be freed at once.
 */
#ifndef LUMINODE_OWNED_H
#define LUMINODE_OWNED_H

#include <stddef.h>

/* The allocations of one owner, in a ring. */
typedef struct Owned Owned;
struct Owned {
	Owned *next;
	Owned *previous;
};
extern Owned *owner; /* of what is allocated now */
void ownedOpen(Owned *ring);
void ownedFreeAll(Owned *ring);

void *ownedMalloc(size_t size);
void *ownedCalloc(size_t count, size_t size);
void *ownedRealloc(void *address, size_t size);
void ownedFree(void *address);

#endif
