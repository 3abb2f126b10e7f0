/**
 * Exchange: one forward frame on a DALI bus and what comes back: settling, repetition, the window of an
 * answer, a shorted bus, and the frame that the host sends by itself when JavaScript is silent.
 *
 * Instants are of a counter of microseconds that wraps. Pure: the caller owns line and clock, steps it
 * each millisecond while it is busy or armed, and keeps two calls from running at once. Numbers and
 * their sources: docs/dali.md.
 */
#pragma once
#include "wire.h"

#include <stdbool.h>

enum {
	EXCHANGE_NO_BUS = -3,
	EXCHANGE_PENDING = -4, /* no answer yet, or none is owed */
};

enum ExchangePhase { EXCHANGE_RESTS, EXCHANGE_SETTLES, EXCHANGE_SENDS, EXCHANGE_AWAITS };

struct Exchange {
	enum ExchangePhase phase;
	uint32_t frame;
	int copies; /* still to be sent */
	int tries; /* at a low line */
	bool isOwn; /* armed: nobody awaits its answer */
	uint32_t idleAt; /* the bus is at rest since then */
	uint32_t dueAt;
	int answer;
	int32_t armed; /* below 0: none */
	uint32_t beatAt;
	int32_t urgent; /* below 0: none */
	uint32_t urgentAt;
};

void exchangeOpen(struct Exchange *exchange, uint32_t now);
/** Begins; false while one is under way. */
bool exchangeBegin(struct Exchange *exchange, uint32_t frame, bool twice, uint32_t now);
/** Whether the caller is to send `frame` now. `isHigh`: the line rests. */
bool exchangeStep(struct Exchange *exchange, bool isHigh, uint32_t now);
/** The frame has left, its last edge at `now`. Whether an answer is to be received from now on. */
bool exchangeSent(struct Exchange *exchange, uint32_t now);
/** Spans that came back, as of wireBackward. */
void exchangeReceived(struct Exchange *exchange, const uint16_t *spans, int count, uint32_t now);
/** A byte, WIRE_SILENCE, WIRE_BROKEN or EXCHANGE_NO_BUS, once; else EXCHANGE_PENDING. */
int exchangeTake(struct Exchange *exchange);
/** A frame for the case that no beat comes for 1.5 s; below 0: none. JavaScript lives. */
void exchangeArm(struct Exchange *exchange, int32_t frame, uint32_t now);
/** A frame that goes before any other as soon as the bus rests, again each 100 ms until it has left. */
void exchangeInsist(struct Exchange *exchange, uint32_t frame, uint32_t now);
/** JavaScript lives. */
void exchangeBeat(struct Exchange *exchange, uint32_t now);
/** Whether it needs steps. */
bool exchangeIsBusy(const struct Exchange *exchange);
