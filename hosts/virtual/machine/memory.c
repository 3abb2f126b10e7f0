/**
 * Memory: the engine's heap, unchanged, with a count of its collections.
 *
 * The engine can report each collection in words; they arrive here, so that a collection is counted
 * and the live memory after it is measured, which is the peak that matters on the device.
 */
#include "lamp.h"
#include "memory.h"

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
