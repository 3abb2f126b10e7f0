/**
 * Retained: one number in RTC memory, which a restart leaves as it was and a loss of power does not.
 *
 * RTC_NOINIT_ATTR of ESP-IDF: no boot writes there, so after a loss of power chance stands in it. The
 * number stands there twice, once inverted; a crash between the two leaves none, which lights.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include "esp_attr.h"

static RTC_NOINIT_ATTR uint64_t kept[2];

double luminode_retained(void)
{
	double value;
	if (kept[0] != ~kept[1])
		return NAN;
	memcpy(&value, &kept[0], sizeof(value));
	return value;
}

void luminode_retain(double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof(bits));
	kept[0] = bits;
	kept[1] = ~bits;
}
