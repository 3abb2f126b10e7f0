/**
 * Life: a lamp from power on to its end.
 */
#ifndef LUMINODE_LIFE_H
#define LUMINODE_LIFE_H

#include "lamp.h"

extern double computronBudget; /* of one turn */
extern txCreation lampCreation;

void lampBoot(Lamp *lamp, int cause);
void lampCut(Lamp *lamp);
void lampRelease(Lamp *lamp);
void lampDeliver(Lamp *lamp, int kind, double value, int channel, int more);
void lampEnd(Lamp *lamp, int kind, double value, const char *text);
void lampStatistics(Lamp *lamp, double *into);
void lampAlarm(Lamp *lamp, double at);
uint32_t lampRandom(Lamp *lamp);
uint32_t lampLuck(Lamp *lamp, int door);
void lampSeed(Lamp *lamp, uint64_t seed);

#endif
