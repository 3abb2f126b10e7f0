/**
 * Wire: forward and backward frames of a DALI bus as spans between edges, microseconds.
 *
 * Manchester at 1,200 bit/s: each bit has two halves, a 1 is low before high, and the first bit is a
 * 1. A frame is a list of spans in turn low and high, from its first edge on; the bus rests high.
 * Pure: the sender gives the spans to its hardware, the receiver gets them from there. Numbers and
 * their sources: docs/dali.md.
 */
#pragma once
#include <stdint.h>

#define WIRE_HALF_BIT 417 /* 1 s / 2,400 */
/* Of 25 bits, each with two halves, and less where two of them are one span. */
#define WIRE_SPANS 50
/* A frame above it has 24 bits, all others have 16. */
#define WIRE_LARGEST_SHORT 0xffffu

enum {
	WIRE_SILENCE = -1,
	WIRE_BROKEN = -2, /* or of several senders */
};

/** Writes the spans of a forward frame; its stop condition is the rest of the bus. Returns how many. */
int wireForward(uint32_t frame, uint16_t spans[WIRE_SPANS]);
/**
 * The byte of a backward frame; WIRE_SILENCE without a span, else WIRE_BROKEN. A half bit has 333 to
 * 500 microseconds. The last one, up to the rest of the bus, is left out or of any length.
 */
int wireBackward(const uint16_t *spans, int count);
