/**
 * Root: the machine that is flashed, of which each lamp with power has a clone.
 */
#ifndef LUMINODE_ROOT_H
#define LUMINODE_ROOT_H

#include "machine.h"

extern txMachine *root;
extern txSlot *rootMain; /* the default export of the started module, in the root */

/*
 * Builds the root for lamps of this creation; `addGlobals` adds to it what the modules need besides
 * the language. 1, or 0 with errorText.
 */
int rootBuild(const char *main, const txCreation *lamp, void (*addGlobals)(txMachine *the));
void rootVersion(const char *version);

#endif
