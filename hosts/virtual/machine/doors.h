/**
 * Doors: the functions of `native`, the only way out of a machine.
 */
#ifndef LUMINODE_DOORS_H
#define LUMINODE_DOORS_H

#include "machine.h"

/* Names that the lamps of a fleet answer; a lamp's number follows the prefix of its serial. */
void doorsName(const char *prefix, const char *hardware, const char *profile);
void buildDoors(txMachine *the);

#endif
