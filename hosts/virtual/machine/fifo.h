/**
 * Fifo: waiting bytes, first in, first out.
 */
#ifndef LUMINODE_FIFO_H
#define LUMINODE_FIFO_H

#include <stdint.h>

typedef struct {
	uint8_t *data;
	uint32_t start, length, room;
} Fifo;
void fifoPut(Fifo *fifo, const uint8_t *bytes, uint32_t count);
uint32_t fifoTake(Fifo *fifo, uint8_t *into, uint32_t room);
void fifoClear(Fifo *fifo);

#endif
