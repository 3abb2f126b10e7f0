/**
 * Freeze: turns the root into read-only flash.
 */
#ifndef LUMINODE_FREEZE_H
#define LUMINODE_FREEZE_H

#include "machine.h"

void rootFreeze(txMachine *the);

#endif
