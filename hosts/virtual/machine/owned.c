/**
 * Owned: memory by owner, a lamp or the root. The blocks of an owner form a ring.
 */
#include <stdlib.h>
#include "owned.h"

Owned *owner;

void ownedOpen(Owned *ring)
{
	ring->next = ring->previous = ring;
}

static void *ownedLink(Owned *block)
{
	if (!block) return NULL;
	block->next = owner->next;
	block->previous = owner;
	owner->next->previous = block;
	owner->next = block;
	return block + 1;
}

void *ownedMalloc(size_t size)
{
	return ownedLink(malloc(sizeof(Owned) + size));
}

void *ownedCalloc(size_t count, size_t size)
{
	return ownedLink(calloc(1, sizeof(Owned) + count * size));
}

void *ownedRealloc(void *address, size_t size)
{
	if (!address) return ownedMalloc(size);
	Owned *block = (Owned *) address - 1;
	block = realloc(block, sizeof(Owned) + size);
	if (!block) return NULL;
	block->next->previous = block;
	block->previous->next = block;
	return block + 1;
}

void ownedFree(void *address)
{
	if (!address) return;
	Owned *block = (Owned *) address - 1;
	block->next->previous = block->previous;
	block->previous->next = block->next;
	free(block);
}

void ownedFreeAll(Owned *ring)
{
	while (ring->next != ring) ownedFree(ring->next + 1);
}
