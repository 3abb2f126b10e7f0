/**
 * Stack: one engine stack for all lamps of a thread.
 *
 * Between two turns a machine's stack holds a few slots of its own state and nothing else. They are
 * kept with the lamp and laid back at the same place for a turn, so that pointers into the stack stay
 * right. Its size is the manifest's, as if each lamp had one. The free part is painted, which shows
 * after a turn how deep the turn went.
 */
#include "stack.h"

#define PAINT 0xA5A5A5A5A5A5A5A5
#define UNTOUCHED_SLOTS 16 /* a frame leaves no larger gap */

static txSlot *stack; /* of all lamps */
static txSlot *stackEnd;

txSlot *fxAllocateSlots(txMachine *the, txSize count)
{
	if (!the->context || the->stackBottom) return ownedMalloc(count * sizeof(txSlot));
	if (!stack) {
		stack = malloc(count * sizeof(txSlot));
		stackEnd = stack ? stack + count : NULL;
		stackClear();
	}
	return stack;
}

void fxFreeSlots(txMachine *the, void *slots)
{
	if (slots != stack) ownedFree(slots);
}

static void paint(txSlot *from, txSlot *to)
{
	uint64_t *word = (uint64_t *) from;
	while (word < (uint64_t *) to) *word++ = PAINT;
}

void stackClear(void)
{
	paint(stack, stackEnd);
}

static int isPainted(txSlot *slot)
{
	return ((uint64_t *) slot)[0] == PAINT && ((uint64_t *) slot)[1] == PAINT;
}

/* The end of the written slots from here on, in the direction of `step`. */
static txSlot *untouched(txSlot *slot, int step, txSlot *end)
{
	txSlot *last = slot;
	for (int gap = 0; slot != end && gap < UNTOUCHED_SLOTS; slot += step)
		if (isPainted(slot))
			gap++;
		else {
			gap = 0;
			last = slot + step;
		}
	return last;
}

void stackEnter(Lamp *lamp)
{
	txMachine *the = lamp->machine;
	memcpy(the->stack, lamp->base, (uintptr_t) stackEnd - (uintptr_t) the->stack);
}

/* At the bottom the engine builds its arrays: they are no depth of a call. */
void stackLeave(Lamp *lamp)
{
	txMachine *the = lamp->machine;
	txSlot *deepest = untouched(the->stack - 1, -1, stack - 1) + 1;
	if (lamp->stackPeak < (uint32_t) (stackEnd - deepest)) lamp->stackPeak = (uint32_t) (stackEnd - deepest);
	memcpy(lamp->base, the->stack, (uintptr_t) stackEnd - (uintptr_t) the->stack);
	paint(deepest, stackEnd);
	paint(stack, untouched(stack, 1, deepest));
}

/* After the machine was cloned: its state is kept, and the depth of cloning is not counted. */
void stackBegin(Lamp *lamp)
{
	txMachine *the = lamp->machine;
	lamp->base = ownedMalloc((uintptr_t) stackEnd - (uintptr_t) the->stack);
	memcpy(lamp->base, the->stack, (uintptr_t) stackEnd - (uintptr_t) the->stack);
	stackClear();
	lamp->stackPeak = 0;
}
