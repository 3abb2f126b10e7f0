#pragma once
#include <stdint.h>

/** Writes a value of the LEDC, 0 to 2^resolution, to the lamp's channel. */
void luminode_ledc(uint32_t value);
