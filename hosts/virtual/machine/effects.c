/**
 * Effects: the lamp that runs, the instant of its turn, and the list of its outputs.
 *
 * A leaf: fleet, lamp and doors use it, and it uses none of them.
 */
#include "effects.h"

Lamp *current;
double instant;
double epochUtc;
Effects effects;
#ifndef EFFECTS_ROOM /* less on a board */
#define EFFECTS_ROOM 1024
#endif
static uint32_t room, bytesRoom;

void effect(Lamp *lamp, int kind, double value, int channel, const void *bytes, uint32_t count)
{
	if (effects.count == room) {
		room = room ? room * 2 : EFFECTS_ROOM;
		effects.items = realloc(effects.items, room * sizeof(Item));
	}
	if (effects.bytesCount + count > bytesRoom) {
		bytesRoom = (bytesRoom + count) * 2;
		effects.bytes = realloc(effects.bytes, bytesRoom);
	}
	effects.items[effects.count++] = (Item){ instant, value, lamp->number, (uint16_t) kind,
		(uint16_t) channel, count, effects.bytesCount };
	if (count) memcpy(effects.bytes + effects.bytesCount, bytes, count);
	effects.bytesCount += count;
}

void effectsDrop(void)
{
	effects.count = effects.bytesCount = 0;
}
