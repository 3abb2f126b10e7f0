/**
 * Fifo: waiting bytes, first in, first out. An empty one has no memory.
 */
#include <stdlib.h>
#include <string.h>
#include "fifo.h"

void fifoPut(Fifo *fifo, const uint8_t *bytes, uint32_t count)
{
	if (fifo->start + fifo->length + count > fifo->room) {
		memmove(fifo->data, fifo->data + fifo->start, fifo->length);
		fifo->start = 0;
		if (fifo->length + count > fifo->room) {
			fifo->room = (fifo->length + count) * 2;
			fifo->data = realloc(fifo->data, fifo->room);
		}
	}
	memcpy(fifo->data + fifo->start + fifo->length, bytes, count);
	fifo->length += count;
}

uint32_t fifoTake(Fifo *fifo, uint8_t *into, uint32_t room)
{
	uint32_t count = fifo->length < room ? fifo->length : room;
	memcpy(into, fifo->data + fifo->start, count);
	fifo->start += count;
	fifo->length -= count;
	if (!fifo->length) fifoClear(fifo);
	return count;
}

void fifoClear(Fifo *fifo)
{
	free(fifo->data);
	memset(fifo, 0, sizeof(Fifo));
}
