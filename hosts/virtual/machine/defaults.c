/**
 * Defaults: the engine's table of features, with one loophole closed.
 *
 * A constructor may return an object of its parent's choice, so a class can add private fields to
 * any object, an object in flash included. The engine would write there; it refuses every other
 * write to flash itself.
 */
#include "xsAll.h"

static txBoolean definePrivate(
	txMachine *the, txSlot *instance, txSlot *check, txID id, txSlot *slot, txFlag mask)
{
	if (the->sharedMachine && (instance->flag & XS_MARK_FLAG)) mxTypeError("object is read-only");
	return fxDefinePrivateProperty(the, instance, check, id, slot, mask);
}
#define fxDefinePrivateProperty definePrivate
#include "xsDefaults.c"
