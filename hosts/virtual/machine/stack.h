/**
 * Stack: one engine stack for all lamps of a thread.
 */
#ifndef LUMINODE_STACK_H
#define LUMINODE_STACK_H

#include "lamp.h"

void stackEnter(Lamp *lamp);
void stackLeave(Lamp *lamp);
void stackBegin(Lamp *lamp);
void stackClear(void);

#endif
