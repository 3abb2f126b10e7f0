/**
 * Lamp: the state of one lamp. Its life is in life.c, its way out in doors.c.
 */
#ifndef LUMINODE_LAMP_H
#define LUMINODE_LAMP_H

#include "fifo.h"
#include "hash.h"
#include "images.h"
#include "machine.h"
#include "owned.h"
#include "store.h"

/* Places of the numbers that a restart leaves in memory. */
enum { RETAINED_LEVEL, RETAINED_REFUSALS, RETAINED };

typedef struct Input Input;
struct Input {
	Input *next;
	double at;
	double value;
	uint16_t kind, channel;
	uint32_t length;
	uint8_t bytes[];
};

/* Over TLS: connecting, reached, securing, worked (the handshake is done and not reported yet),
 * open. */
enum { STREAM_FREE, STREAM_CONNECTING, STREAM_REACHED, STREAM_SECURING, STREAM_WORKED, STREAM_OPEN };
typedef struct {
	int state, tls;
	uint32_t inFlight;
	Fifo received;
} Stream;

typedef struct {
	txMachine *machine; /* NULL: without power, or dead */
	Owned owned;
	txSlot deliver;
	Input *firstInput;
	Input *lastInput;
	double due; /* the earlier of alarm and first input */
	double alarm;
	double busyUntil; /* in a TLS handshake: only the mains reach the machine */
	double bootAt;
	double clockOffset;
	int place; /* in the heap of due lamps; -1: not in it */
	uint32_t number;
	uint32_t random[4];
	uint32_t luck; /* of its doors */
	double share[DOORS]; /* of the calls of a door that fail by chance */
	double retained[RETAINED]; /* survive a restart, not a loss of power */
	uint8_t isObserved; /* what it hears is an effect, too */
	uint8_t cause, clockRuns, isRetained, ended; /* isRetained: a bit for each of them */
	int endKind;
	double endValue;
	double turnsAt; /* the instant that turnsThere counts */
	uint32_t turnsThere;
	Stream streams[STREAMS];
	Fifo serial, datagrams;
	uint16_t port; /* of the datagrams; 0: none is bound */
	uint8_t networkUp, serialLost, busAwaits;
	uint16_t busFrame; /* number of the last frame */
	uint32_t serialInFlight;
	Flash flash;
	Store store;
	Images images;
	Sha256 digest; /* the digest in progress */
	double computrons;
	double turns;
	uint32_t slotsPeak, chunksPeak, collections;
	txSlot *base; /* the stack between two turns */
	uint32_t stackPeak; /* slots */
} Lamp;

#endif
