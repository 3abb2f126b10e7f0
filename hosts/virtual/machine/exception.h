/**
 * Exception: jumps out of the engine, and what it threw as text.
 */
#ifndef LUMINODE_EXCEPTION_H
#define LUMINODE_EXCEPTION_H

#include "machine.h"

void openJump(txMachine *the, txJump *jump);
void closeJump(txMachine *the, txJump *jump);
void describeException(txMachine *the, char *into, int room);

extern char errorText[TEXT_BYTES]; /* the first error while the root is built; empty: none */

#endif
