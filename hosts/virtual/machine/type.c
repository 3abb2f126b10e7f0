/**
 * Type: the engine's ordinary objects, unchanged, with a table of the properties found in flash.
 *
 * At each access the engine walks the list of an object's properties, then those of its prototypes.
 * Half of these steps are in classes, prototypes and modules: objects of the root, which are frozen
 * and the same for all lamps. The end of such a walk never changes, so a table holds it. Objects of
 * a lamp are walked each time. Computrons count byte codes: they are the same with the table.
 */
#include "machine.h"

/* In the table of behaviours no parenthesis follows the name: only the definition is renamed. */
#define fxOrdinaryGetProperty(...) walkToGet(__VA_ARGS__)
static txSlot *walkToGet(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag);
#include "xsType.c"
#undef fxOrdinaryGetProperty

#define TABLE_BITS 12 /* the firmware uses some two thousand pairs of an object and a name */

static struct {
	txSlot *instance;
	txSlot *property;
	uint32_t id;
} table[1 << TABLE_BITS];

static int isFrozen(txSlot *instance)
{
	return (instance->flag & XS_MARK_FLAG) && !instance->ID;
}

static int isExotic(txSlot *instance)
{
	return instance->flag & XS_EXOTIC_FLAG;
}

static txSlot *ownProperty(txSlot *instance, txID id)
{
	txSlot *property = instance->next;
	while (property && (property->flag & XS_INTERNAL_FLAG)) property = property->next;
	while (property && property->ID != id) property = property->next;
	return property;
}

/* The property of a frozen object or of its prototypes, as long as they are frozen, too; else the
 * engine walks. */
static txSlot *frozenProperty(txMachine *the, txSlot *instance, txID id)
{
	uint32_t place = ((uint32_t) (uintptr_t) instance >> 4) * 0x9E3779B1 + id * 0x85EBCA6B;
	place >>= 32 - TABLE_BITS;
	if (table[place].instance == instance && table[place].id == id) return table[place].property;
	txSlot *property = NULL;
	for (txSlot *other = instance; other; other = other->value.instance.prototype) {
		if (!isFrozen(other) || (other != instance && isExotic(other)))
			return walkToGet(the, instance, id, 0, XS_ANY);
		if ((property = ownProperty(other, id))) break;
	}
	table[place].instance = instance;
	table[place].id = id;
	table[place].property = property;
	return property;
}

txSlot *fxOrdinaryGetProperty(txMachine *the, txSlot *instance, txID id, txIndex index, txFlag flag)
{
	if (!id || !flag || !the->context) /* the root is not frozen while it is built */
		return walkToGet(the, instance, id, index, flag);
	if (instance->flag & XS_MARK_FLAG)
		return isFrozen(instance) ? frozenProperty(the, instance, id)
								  : walkToGet(the, instance, id, index, flag);
	txSlot *property = ownProperty(instance, id);
	if (property) return property;
	txSlot *prototype = instance->value.instance.prototype;
	if (!prototype) return NULL;
	if (!isFrozen(prototype)) return walkToGet(the, instance, id, index, flag);
	if (isExotic(prototype)) /* of arrays, which leave most names to this function */
		return mxBehaviorGetProperty(the, prototype, id, index, flag);
	return frozenProperty(the, prototype, id);
}
