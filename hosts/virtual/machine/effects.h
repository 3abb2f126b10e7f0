/**
 * Effects: the lamp that runs, the instant of its turn, and the list of its outputs.
 */
#ifndef LUMINODE_EFFECTS_H
#define LUMINODE_EFFECTS_H

#include "lamp.h"

extern Lamp *current; /* the lamp being run; NULL while the root is built */
extern double instant; /* the virtual instant being run */
extern double epochUtc;

/* Inputs and effects alike; ../fleet/records.ts reads the layout. */
typedef struct {
	double at, value;
	uint32_t lamp;
	uint16_t kind, channel;
	uint32_t length, offset;
} Item;
typedef struct {
	Item *items;
	uint8_t *bytes;
	uint32_t count, bytesCount;
} Effects;
extern Effects effects; /* of the last run, in order of instant, then lamp */
void effect(Lamp *lamp, int kind, double value, int channel, const void *bytes, uint32_t count);
void effectsDrop(void);

#endif
