/**
 * Port: the parts of a platform that the worker needs: one lock, one thread below the machine's, one message.
 *
 * hosts/desktop/port.c: pthreads and GLib. hosts/esp32/port.c: FreeRTOS.
 */
#ifndef LUMINODE_PORT_H
#define LUMINODE_PORT_H

#include <stdbool.h>

void portLock(void);
void portUnlock(void);

/** Starts the one thread, once; false: no memory. Its priority is below the machine's. */
bool portStart(void (*work)(void));

/** In the worker, with the lock held: gives it up until `portWake`, or for a second at most. */
void portWait(void);
void portWake(void);

/** In the worker, between two steps: it lives, and lower priorities get their turn. */
void portStep(void);

/**
 * In the worker, without the lock: calls `deliver` in a later turn of the machine's thread. The worker
 * posts one message and no other before it was delivered, so a queue of the machine holds one.
 */
void portPost(void *machine, void (*deliver)(void *machine));

#endif
