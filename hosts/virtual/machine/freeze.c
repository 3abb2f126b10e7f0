/**
 * Freeze: turns the root into read-only flash, as the SDK's linker does with preloaded modules.
 *
 * Functions, classes, their prototypes, closures' constants, buffers, collections and regular
 * expressions are frozen. Everything that stays mutable (plain objects, arrays, dates, variables)
 * gets an alias number: a machine that writes to it gets its own copy. So no two lamps share
 * anything that changes.
 */
#include "freeze.h"
#include "exception.h"

typedef void (*Visit)(txMachine *the, txSlot *slot);

static void eachSlot(txMachine *the, Visit visit)
{
	for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++) visit(the, slot);
}

static void freeze(txSlot *instance)
{
	for (txSlot *property = instance->next; property; property = property->next) {
		if (property->kind != XS_ACCESSOR_KIND) property->flag |= XS_DONT_SET_FLAG;
		property->flag |= XS_DONT_DELETE_FLAG;
	}
	instance->flag |= XS_DONT_PATCH_FLAG;
}

static int isCode(txSlot *slot)
{
	return slot->kind == XS_CALLBACK_KIND || slot->kind == XS_CALLBACK_X_KIND || slot->kind == XS_CODE_KIND
		|| slot->kind == XS_CODE_X_KIND;
}

static void freezeFunction(txSlot *instance)
{
	freeze(instance);
	if (!(instance->flag & XS_CAN_CONSTRUCT_FLAG)) return;
	for (txSlot *property = instance->next; property; property = property->next)
		if (property->ID == mxID(_prototype) && property->kind == XS_REFERENCE_KIND)
			freeze(property->value.reference);
}

/* The kinds of instance that cannot be copied when a machine writes to them. */
static void freezeByKind(txMachine *the, txSlot *instance)
{
	txSlot *internal = instance->next;
	if (instance->kind != XS_INSTANCE_KIND || !internal || !(internal->flag & XS_INTERNAL_FLAG)) return;
	if (internal->ID == XS_ENVIRONMENT_BEHAVIOR)
		freeze(instance);
	else if (isCode(internal))
		freezeFunction(instance);
	else
		switch (internal->kind) {
		case XS_MAP_KIND:
		case XS_SET_KIND:
		case XS_WEAK_MAP_KIND:
		case XS_WEAK_SET_KIND:
		case XS_WEAK_REF_KIND:
		case XS_ARRAY_BUFFER_KIND:
		case XS_DATA_VIEW_KIND:
		case XS_TYPED_ARRAY_KIND:
		case XS_PROXY_KIND:
		case XS_REGEXP_KIND:
			freeze(instance);
			break;
		case XS_PROMISE_KIND:
			freeze(instance);
			freeze(internal->next->value.reference); /* its reactions */
			break;
		case XS_CLOSURE_KIND:
			if (internal->value.closure->kind == XS_FINALIZATION_REGISTRY_KIND) freeze(instance);
			break;
		default:
			break;
		}
}

/* Prototypes and namespaces of the language: everything on the root's stack except its own
 * state. */
static void freezeIntrinsics(txMachine *the)
{
	txSlot *slot = the->stackTop - 1 - mxInstanceInspectorsStackIndex;
	while (--slot >= the->stack) {
		if (slot->kind != XS_REFERENCE_KIND || slot->value.reference == mxGlobal.value.reference) continue;
		txSlot *instance = slot->value.reference;
		if (instance->next && isCode(instance->next))
			freezeFunction(instance);
		else
			freeze(instance);
	}
}

/* Frozen for good: no property can be set, so that it needs no copy. */
static int isFrozen(txMachine *the, txSlot *instance)
{
	if (!(instance->flag & XS_DONT_PATCH_FLAG)) return 0;
	txSlot *property = instance->next;
	for (; property && (property->flag & XS_INTERNAL_FLAG); property = property->next) {
		if (property->kind != XS_ARRAY_KIND) continue;
		txSlot *item = property->value.array.address;
		for (txIndex left = fxGetIndexSize(the, property); left; left--, item++)
			if ((item->kind != XS_ACCESSOR_KIND && !(item->flag & XS_DONT_SET_FLAG))
				|| !(item->flag & XS_DONT_DELETE_FLAG))
				return 0;
	}
	for (; property; property = property->next)
		if ((property->kind != XS_ACCESSOR_KIND && !(property->flag & XS_DONT_SET_FLAG))
			|| !(property->flag & XS_DONT_DELETE_FLAG))
			return 0;
	return 1;
}

/* Makes the engine's internal slots of an instance read-only with it. */
static void petrify(txSlot *instance)
{
	txSlot *property = instance->next;
	for (; property && (property->flag & XS_INTERNAL_FLAG); property = property->next)
		switch (property->kind) {
		case XS_ARRAY_BUFFER_KIND:
		case XS_DATE_KIND:
		case XS_MAP_KIND:
		case XS_REGEXP_KIND:
		case XS_SET_KIND:
		case XS_WEAK_MAP_KIND:
		case XS_WEAK_SET_KIND:
			property->flag |= XS_DONT_SET_FLAG;
			break;
		case XS_PRIVATE_KIND:
			for (txSlot *field = property->value.private.first; field; field = field->next) {
				if (field->kind != XS_ACCESSOR_KIND) field->flag |= XS_DONT_SET_FLAG;
				field->flag |= XS_DONT_DELETE_FLAG;
			}
			break;
		default:
			break;
		}
}

static txID aliases;

static void nameInstance(txMachine *the, txSlot *slot)
{
	if (slot->kind != XS_INSTANCE_KIND) return;
	if (isFrozen(the, slot)) {
		slot->ID = XS_NO_ID;
		petrify(slot);
	} else
		slot->ID = aliases++;
}

static void forgetClosure(txMachine *the, txSlot *slot)
{
	if (slot->kind == XS_CLOSURE_KIND && slot->value.closure) slot->value.closure->ID = XS_NO_ID;
}

/* A variable that is const, or a function's name, is read in place; another one is copied. */
static void nameClosure(txMachine *the, txSlot *slot)
{
	if (slot->kind != XS_CLOSURE_KIND || !slot->value.closure) return;
	txSlot *variable = slot->value.closure;
	if (variable->kind == XS_REFERENCE_KIND) {
		txSlot *internal = variable->value.reference->next;
		if (internal && isCode(internal)) variable->flag |= XS_DONT_SET_FLAG;
	}
	if (variable->flag & XS_DONT_SET_FLAG)
		variable->flag |= XS_DONT_DELETE_FLAG;
	else {
		if (variable->ID == XS_NO_ID) variable->ID = aliases++;
		slot->flag &= ~XS_DONT_SET_FLAG;
	}
}

/* Kinds for data outside a machine's chunks, so that no collection looks for it there. */
static void toTwin(txSlot *slot)
{
	switch (slot->kind) {
	case XS_STRING_KIND:
		slot->kind = XS_STRING_X_KIND;
		break;
	case XS_BIGINT_KIND:
		slot->kind = XS_BIGINT_X_KIND;
		break;
	case XS_KEY_KIND:
		slot->kind = XS_KEY_X_KIND;
		break;
	case XS_CODE_KIND:
		slot->kind = XS_CODE_X_KIND;
		break;
	case XS_CALLBACK_KIND:
		slot->kind = XS_CALLBACK_X_KIND;
		break;
	default:
		break;
	}
}

static void refuse(const char *what)
{
	if (!errorText[0]) snprintf(errorText, sizeof(errorText), "%s made at load cannot be in flash", what);
}

static void settleKind(txMachine *the, txSlot *slot)
{
	toTwin(slot);
	if (slot->kind == XS_ARRAY_KIND) {
		txSlot *item = slot->value.array.address;
		for (txIndex left = fxGetIndexSize(the, slot); left; left--) toTwin(item++);
	} else if (slot->kind == XS_REGEXP_KIND)
		slot->value.regexp.data = NULL; /* each machine matches in its own memory */
	else if (slot->kind == XS_ARGUMENTS_SLOPPY_KIND || slot->kind == XS_ARGUMENTS_STRICT_KIND) {
		slot->kind = XS_NULL_KIND; /* as the linker leaves it */
		memset(&slot->value, 0, sizeof(slot->value));
	} else if (slot->kind == XS_STACK_KIND)
		refuse("a generator");
	else if (slot->kind == XS_HOST_KIND && slot->value.host.data)
		refuse("a SharedArrayBuffer"); /* its memory is outside every heap */
}

/* A table by id would be as large as the key table and shared; properties in a list are not. */
static void plainGlobal(txMachine *the)
{
	txSlot *global = mxGlobal.value.reference;
	global->flag &= ~XS_EXOTIC_FLAG;
	global->next = global->next->next;
}

/* The one setter of dates that writes without a check of the date's place. */
static void guardedSetTime(txMachine *the)
{
	if (mxThis->kind == XS_REFERENCE_KIND && the->sharedMachine
		&& (mxThis->value.reference->flag & XS_MARK_FLAG))
		mxTypeError("Date instance is read-only");
	fx_Date_prototype_setTime(the);
}

static void guardDates(txMachine *the)
{
	txSlot *property = mxDatePrototype.value.reference->next;
	while (property->ID != mxID(_setTime)) property = property->next;
	property->value.reference->next->value.callback.address = guardedSetTime;
}

void rootFreeze(txMachine *the)
{
	guardDates(the);
	plainGlobal(the);
	fxCollectGarbage(the);
	freezeIntrinsics(the);
	eachSlot(the, freezeByKind);
	fxShareMachine(the);
	aliases = 1; /* 0 is "no alias" */
	eachSlot(the, nameInstance);
	eachSlot(the, forgetClosure);
	eachSlot(the, nameClosure);
	the->aliasCount = aliases;
	eachSlot(the, settleKind);
	for (txSlot *slot = the->stack; slot < the->stackTop; slot++) toTwin(slot);
}
