#include "exchange.h"

#define SETTLING 13500u /* microseconds */
/* The last edge of a frame is up to half a bit before its stop condition. */
#define STOP 2450u
/* Of a frame of 24 bits. */
#define FORWARD 22500u
#define ANSWER_MOST 10500u
#define BACKWARD 9170u
/* The receiver ends a frame by its idle time; steps are a millisecond apart. */
#define SLACK 3000u
#define MOST_TRIES 4
/* Three beats of bus.ts. */
#define BEAT_MISSING 1500000u
/* Between two tries of an urgent frame others have time for one. */
#define URGENT_EVERY 100000u

static bool isReached(uint32_t now, uint32_t due)
{
	return (int32_t) (now - due) >= 0;
}

static void settle(struct Exchange *exchange)
{
	exchange->phase = EXCHANGE_SETTLES;
	exchange->dueAt = exchange->idleAt + SETTLING;
	exchange->tries = 0;
}

static void end(struct Exchange *exchange, int answer, uint32_t now)
{
	exchange->phase = EXCHANGE_RESTS;
	exchange->idleAt = now;
	if (!exchange->isOwn) exchange->answer = answer;
}

void exchangeOpen(struct Exchange *exchange, uint32_t now)
{
	*exchange = (struct Exchange){
		.phase = EXCHANGE_RESTS,
		.idleAt = now,
		.answer = EXCHANGE_PENDING,
		.armed = -1,
		.beatAt = now,
		.urgent = -1,
	};
}

static void begin(struct Exchange *exchange, uint32_t frame, int copies, bool isOwn, uint32_t now)
{
	exchange->frame = frame;
	exchange->copies = copies;
	exchange->isOwn = isOwn;
	/* an old instant is not one ahead when the counter has wrapped */
	if (now - exchange->idleAt > SETTLING) exchange->idleAt = now - SETTLING;
	settle(exchange);
}

bool exchangeBegin(struct Exchange *exchange, uint32_t frame, bool twice, uint32_t now)
{
	if (exchange->phase != EXCHANGE_RESTS || exchange->answer != EXCHANGE_PENDING) return false;
	begin(exchange, frame, twice ? 2 : 1, false, now);
	return true;
}

bool exchangeStep(struct Exchange *exchange, bool isHigh, uint32_t now)
{
	bool isSilent = exchange->armed >= 0 && now - exchange->beatAt > BEAT_MISSING;
	bool isUrgent = exchange->urgent >= 0 && isReached(now, exchange->urgentAt);
	if (exchange->phase == EXCHANGE_RESTS && isUrgent) {
		begin(exchange, (uint32_t) exchange->urgent, 1, true, now);
		exchange->urgentAt = now + URGENT_EVERY;
	} else if (exchange->phase == EXCHANGE_RESTS && isSilent) {
		begin(exchange, (uint32_t) exchange->armed, 1, true, now);
		exchange->armed = -1;
	}
	if (exchange->phase == EXCHANGE_RESTS || !isReached(now, exchange->dueAt)) return false;
	if (exchange->phase == EXCHANGE_AWAITS) {
		end(exchange, WIRE_SILENCE, now);
		return false;
	}
	if (exchange->phase == EXCHANGE_SENDS) { /* the hardware is silent */
		end(exchange, EXCHANGE_NO_BUS, now);
		return false;
	}
	if (!isHigh) { /* a late answer, or no voltage */
		exchange->idleAt = now;
		exchange->dueAt = now + SETTLING;
		if (++exchange->tries >= MOST_TRIES) end(exchange, EXCHANGE_NO_BUS, now);
		return false;
	}
	exchange->phase = EXCHANGE_SENDS;
	exchange->dueAt = now + 2 * FORWARD;
	return true;
}

bool exchangeSent(struct Exchange *exchange, uint32_t now)
{
	if (exchange->phase != EXCHANGE_SENDS) return false;
	exchange->idleAt = now + STOP;
	if (exchange->isOwn && (int32_t) exchange->frame == exchange->urgent) exchange->urgent = -1;
	if (--exchange->copies > 0) {
		settle(exchange);
		return false;
	}
	exchange->phase = EXCHANGE_AWAITS;
	exchange->dueAt = exchange->idleAt + ANSWER_MOST + BACKWARD + SLACK;
	return true;
}

void exchangeReceived(struct Exchange *exchange, const uint16_t *spans, int count, uint32_t now)
{
	if (exchange->phase == EXCHANGE_AWAITS) end(exchange, wireBackward(spans, count), now);
}

int exchangeTake(struct Exchange *exchange)
{
	int answer = exchange->answer;
	exchange->answer = EXCHANGE_PENDING;
	return answer;
}

void exchangeArm(struct Exchange *exchange, int32_t frame, uint32_t now)
{
	exchange->armed = frame;
	exchange->beatAt = now;
}

void exchangeInsist(struct Exchange *exchange, uint32_t frame, uint32_t now)
{
	exchange->urgent = frame;
	exchange->urgentAt = now;
}

void exchangeBeat(struct Exchange *exchange, uint32_t now)
{
	exchange->beatAt = now;
}

bool exchangeIsBusy(const struct Exchange *exchange)
{
	return exchange->phase != EXCHANGE_RESTS || exchange->armed >= 0 || exchange->urgent >= 0;
}
