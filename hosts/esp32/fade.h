/**
 * Fade: where the duty of a lamp stands on a path, and where it goes if JavaScript dies meanwhile.
 *
 * Instants are of a counter of microseconds that wraps: a path is an hour at most, the counter takes
 * 71 minutes. No function waits, reads a clock or divides more than 32 bits, so all of them run in an
 * interrupt while the flash cache is off. The caller keeps two of them from running at once.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Corners of a fade in src/lighting, and six more. */
#define FADE_POINTS 32

/** `Dimmer.fade` of src/host.ts: ms from the start of the path, and the duty there. */
struct FadePoint {
	uint32_t at;
	uint32_t duty;
};

enum FadePhase {
	FADE_RESTS,
	FADE_MOVES,
	FADE_RETURNS, /* no beat in a fall: up to where it began */
	FADE_WAITS /* there */
};

struct Fade {
	uint32_t duty; /* as of the last call, below 2^14 */
	enum FadePhase phase;
	uint32_t startedAt;
	struct FadePoint path[FADE_POINTS];
	uint32_t count;
	uint32_t next; /* number of the point behind the piece under way */
	/* The piece: microseconds from the start, and duties. */
	uint32_t pieceFrom;
	uint32_t pieceUntil;
	uint32_t from;
	uint32_t to;
	/* Where the fall under way began: the first point below, and the instant. */
	uint32_t fallNext;
	uint32_t fallFrom;
	uint32_t fallsUntil; /* no piece falls from then on */
	uint32_t top; /* the highest duty since the light last rested */
	uint32_t beatAt;
};

/** Holds a duty. */
void fadeHold(struct Fade *fade, uint32_t duty);
/** Begins a path; of more points than FADE_POINTS the last one replaces those without a place. */
void fadeStart(struct Fade *fade, const struct FadePoint *path, uint32_t count, uint32_t now);
/** Holds the duty of this instant. */
void fadeStop(struct Fade *fade, uint32_t now);
/** Moves the duty to this instant. Whether it moves on. */
bool fadeStep(struct Fade *fade, uint32_t now);
/** JavaScript lives. */
void fadeBeat(struct Fade *fade, uint32_t now);
/** Whether a fall is still ahead, so that beats are needed. */
bool fadeWantsBeats(const struct Fade *fade, uint32_t now);
/** The value of the LEDC, 2^resolution at its greatest duty, for a lamp whose pin may be inverted. */
uint32_t fadeValue(uint32_t duty, uint32_t resolution, bool inverted);
