#include "wire.h"

#include <stdbool.h>

/* A half bit as a receiver takes it, and two of them (docs/dali.md). */
#define LEAST 333
#define MOST 500
#define BACKWARD_HALVES 18 /* of the start bit and eight more */

int wireForward(uint32_t frame, uint16_t spans[WIRE_SPANS])
{
	int length = frame > WIRE_LARGEST_SHORT ? 24 : 16;
	uint32_t bits = 1u << length | frame;
	int count = 0;
	bool isHigh = true; /* at rest */
	for (int nth = length; nth >= 0; nth--) {
		bool isOne = (bits >> nth & 1) != 0;
		for (int half = 0; half < 2; half++) {
			bool goesHigh = isOne == (half == 1);
			if (goesHigh == isHigh && count > 0) {
				spans[count - 1] += WIRE_HALF_BIT;
			} else {
				spans[count++] = WIRE_HALF_BIT;
				isHigh = goesHigh;
			}
		}
	}
	return isHigh ? count - 1 : count; /* the last high span is the rest */
}

/* How many halves a span has: 1, 2, or 0 if neither. */
static int halvesOf(uint16_t span)
{
	if (span >= LEAST && span <= MOST) return 1;
	return span >= 2 * LEAST && span <= 2 * MOST ? 2 : 0;
}

int wireBackward(const uint16_t *spans, int count)
{
	uint32_t levels = 0; /* of each half, the first one highest; 1: high */
	int halves = 0;
	int nth = 0;
	if (count <= 0) return WIRE_SILENCE;
	for (; nth < count && halves < BACKWARD_HALVES; nth++) {
		bool isHigh = nth % 2 == 1;
		/* a high span behind the last low one joins the rest */
		bool isLast = isHigh && halves == BACKWARD_HALVES - 1;
		int more = isLast ? 1 : halvesOf(spans[nth]);
		if (more == 0 || halves + more > BACKWARD_HALVES) return WIRE_BROKEN;
		for (; more > 0; more--, halves++) levels = levels << 1 | (isHigh ? 1u : 0u);
	}
	if (halves == BACKWARD_HALVES - 1) { /* the last span was left out */
		levels = levels << 1 | 1u;
		halves++;
	}
	if (nth == count - 1 && nth % 2 == 1) nth++; /* the rest, behind a last half that is low */
	if (halves != BACKWARD_HALVES || nth != count) return WIRE_BROKEN;
	uint32_t byte = 0;
	for (int bit = 8; bit >= 0; bit--) {
		uint32_t pair = levels >> (2 * bit) & 3u;
		if (pair != 1u && pair != 2u) return WIRE_BROKEN;
		byte = byte << 1 | (pair == 1u ? 1u : 0u);
	}
	return (byte & 0x100u) != 0 ? (int) (byte & 0xffu) : WIRE_BROKEN;
}
