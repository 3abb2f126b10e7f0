#include "fade.h"

#define MS 1000u
/* Three beats of dimmer.ts. An erase of flash (0.4 s) or a collection delays one. */
#define BEAT_MISSING (1500u * MS)
#define RETURN_TIME (1000u * MS)

static void rest(struct Fade *fade, enum FadePhase phase)
{
	fade->phase = phase;
	fade->count = 0;
	fade->next = 0;
	fade->fallsUntil = 0;
}

/* A piece without a way, at `at` of the path. */
static void begin(struct Fade *fade, uint32_t at)
{
	fade->from = fade->duty;
	fade->to = fade->duty;
	fade->pieceFrom = at;
	fade->pieceUntil = at;
}

static void reach(struct Fade *fade, uint32_t duty)
{
	fade->duty = duty;
	if (duty > fade->top) fade->top = duty;
}

/* Takes up the piece behind the one that has ended. */
static void advance(struct Fade *fade)
{
	const struct FadePoint *point = &fade->path[fade->next];
	bool fell = fade->to < fade->from;
	reach(fade, fade->to);
	fade->pieceFrom = fade->pieceUntil;
	fade->from = fade->to;
	fade->pieceUntil = point->at * MS;
	fade->to = point->duty;
	/* Where a jump was the first of it, a fall begins behind that. */
	if (fade->to < fade->from && (!fell || fade->fallFrom == fade->pieceFrom)) {
		fade->fallNext = fade->next;
		fade->fallFrom = fade->pieceFrom;
	}
	fade->next++;
}

/*
 * The duty within the piece: 14 bits of way times 17 of time. The shift loses a sixteenth of a count
 * of 12 bits, a quarter of one of 14.
 */
static uint32_t within(const struct Fade *fade, uint32_t passed)
{
	uint32_t length = fade->pieceUntil - fade->pieceFrom;
	while (length >> 17 != 0) {
		length >>= 1;
		passed >>= 1;
	}
	if (fade->to < fade->from) return fade->from - ((fade->from - fade->to) * passed + length / 2) / length;
	return fade->from + ((fade->to - fade->from) * passed + length / 2) / length;
}

static void giveUp(struct Fade *fade, uint32_t now)
{
	fade->phase = FADE_RETURNS;
	fade->startedAt = now;
	begin(fade, 0);
	fade->to = fade->top;
	fade->pieceUntil = RETURN_TIME;
}

bool fadeStep(struct Fade *fade, uint32_t now)
{
	uint32_t passed = now - fade->startedAt;
	bool isBeatMissing = now - fade->beatAt > BEAT_MISSING;
	if (fade->phase == FADE_RESTS || fade->phase == FADE_WAITS) return false;
	if (fade->phase == FADE_MOVES)
		for (;;) {
			bool hasEnded = passed >= fade->pieceUntil;
			if (fade->to < fade->from && isBeatMissing) {
				giveUp(fade, now);
				return true;
			}
			if (!hasEnded || fade->next >= fade->count) break;
			advance(fade);
		}
	if (passed < fade->pieceUntil) {
		reach(fade, within(fade, passed - fade->pieceFrom));
	} else {
		reach(fade, fade->to);
		if (fade->phase == FADE_RETURNS)
			fade->phase = FADE_WAITS;
		else
			rest(fade, FADE_RESTS);
	}
	return fade->phase == FADE_MOVES || fade->phase == FADE_RETURNS;
}

void fadeHold(struct Fade *fade, uint32_t duty)
{
	fade->duty = duty;
	rest(fade, FADE_RESTS);
}

void fadeStop(struct Fade *fade, uint32_t now)
{
	fadeStep(fade, now);
	rest(fade, FADE_RESTS);
}

void fadeStart(struct Fade *fade, const struct FadePoint *path, uint32_t count, uint32_t now)
{
	bool hasRested;
	uint32_t before;
	fadeStep(fade, now);
	hasRested = fade->phase == FADE_RESTS;
	before = fade->duty;
	fade->count = count < FADE_POINTS ? count : FADE_POINTS;
	fade->next = 0;
	fade->fallsUntil = 0;
	for (uint32_t nth = 0; nth < fade->count; nth++) {
		fade->path[nth] = path[nth == FADE_POINTS - 1 ? count - 1 : nth];
		if (fade->path[nth].at > 0 && fade->path[nth].duty < before)
			fade->fallsUntil = fade->path[nth].at * MS;
		before = fade->path[nth].duty;
	}
	fade->phase = FADE_MOVES;
	fade->startedAt = now;
	fade->beatAt = now;
	begin(fade, 0);
	fadeStep(fade, now);
	if (hasRested) fade->top = fade->duty; /* behind a jump at the start */
}

void fadeBeat(struct Fade *fade, uint32_t now)
{
	fade->beatAt = now;
	if (fade->phase != FADE_RETURNS && fade->phase != FADE_WAITS) return;
	fade->phase = FADE_MOVES;
	fade->next = fade->fallNext;
	fade->startedAt = now - fade->fallFrom;
	begin(fade, fade->fallFrom);
	fadeStep(fade, now);
}

bool fadeWantsBeats(const struct Fade *fade, uint32_t now)
{
	return fade->phase == FADE_MOVES && now - fade->startedAt < fade->fallsUntil;
}

uint32_t fadeValue(uint32_t duty, uint32_t resolution, bool inverted)
{
	uint32_t full = (1u << resolution) - 1;
	uint32_t value = inverted ? full - duty : duty;
	return value < full ? value : full + 1;
}
