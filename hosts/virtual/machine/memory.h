/**
 * Memory: the engine's heap and its collections.
 */
#ifndef LUMINODE_MEMORY_H
#define LUMINODE_MEMORY_H

#include "machine.h"

extern const char *memoryWhy; /* the memory that ran out last */

#endif
