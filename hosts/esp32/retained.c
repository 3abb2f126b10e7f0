/**
 * Retained: values in RTC memory, which survives a restart and not a loss of power: two numbers of
 * the lamp, and whether a restart was requested. The duty is in luminode/light.c.
 *
 * RTC_NOINIT_ATTR of ESP-IDF: no boot writes there, so after a loss of power the contents are
 * random. A number is stored twice, once inverted; a crash between the two writes leaves no valid
 * number, and without a level the lamp lights.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include "esp_attr.h"
#include "esp_system.h"

/* Places, as in machine.ts: the level, and the refusals by the broker. */
#define PLACES 2
static RTC_NOINIT_ATTR uint64_t kept[PLACES][2];

double luminode_retained(int32_t place)
{
	const uint64_t *bits = kept[place];
	double value;
	if (bits[0] != ~bits[1]) return NAN;
	memcpy(&value, &bits[0], sizeof(value));
	return value;
}

void luminode_retain(int32_t place, double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof(bits));
	kept[place][0] = bits;
	kept[place][1] = ~bits;
}

/* XS aborts (fxAbort: no memory, no stack, an exception that escaped) with the same reset. */
#define ASKED 0x4c554d31u
static RTC_NOINIT_ATTR uint32_t asked;

void luminode_restart(void)
{
	asked = ASKED;
	esp_restart();
}

/** Whether the reset before this boot was requested; cleared by the call. */
int32_t luminode_was_asked(void)
{
	int32_t was = asked == ASKED;
	asked = 0;
	return was;
}
