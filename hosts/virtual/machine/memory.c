/**
 * Memory: the engine's heap, unchanged, with a count of its collections, and memory by owner.
 *
 * The engine can report each collection in words; they arrive here, so that a collection is counted
 * and the live memory after it is measured, which is the peak that matters on the device.
 */
#include "machine.h"

static void memoryReport(txMachine *the, const char *text);
#define mxReport 1
#define fxReport(THE, FORMAT, ...) memoryReport(THE, FORMAT)
#include "xsMemory.c"

const char *memoryWhy = "";

static void memoryReport(txMachine *the, const char *text)
{
	Lamp *lamp = the->context;
	if (!c_strncmp(text, "# Slot allocation: failed", 25)) memoryWhy = "no slot left";
	if (!c_strncmp(text, "# Chunk allocation: ", 20)) memoryWhy = "no chunk left";
	if (!lamp || c_strncmp(text, "# Slot collection", 17)) return;
	lamp->collections++;
	if (lamp->slotsPeak < (uint32_t) the->currentHeapCount) lamp->slotsPeak = the->currentHeapCount;
	/* Only a compacting collection counts the chunks anew; then they lie side by side. */
	txBlock *block = the->firstBlock;
	uint32_t used = (uint32_t) (block->current - (txByte *) (block + 1));
	if (used == (uint32_t) the->currentChunksSize && lamp->chunksPeak < used) lamp->chunksPeak = used;
}

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

void fifoPut(Fifo *fifo, const uint8_t *bytes, uint32_t count)
{
	if (fifo->start + fifo->length + count > fifo->room) {
		memmove(fifo->data, fifo->data + fifo->start, fifo->length);
		fifo->start = 0;
		if (fifo->length + count > fifo->room) {
			fifo->room = (fifo->length + count) * 2;
			fifo->data = realloc(fifo->data, fifo->room);
		}
	}
	memcpy(fifo->data + fifo->start + fifo->length, bytes, count);
	fifo->length += count;
}

uint32_t fifoTake(Fifo *fifo, uint8_t *into, uint32_t room)
{
	uint32_t count = fifo->length < room ? fifo->length : room;
	memcpy(into, fifo->data + fifo->start, count);
	fifo->start += count;
	fifo->length -= count;
	if (!fifo->length) fifoClear(fifo);
	return count;
}

void fifoClear(Fifo *fifo)
{
	free(fifo->data);
	memset(fifo, 0, sizeof(Fifo));
}
