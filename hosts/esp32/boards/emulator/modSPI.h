/**
 * SPI: the names of the SDK's modSPI.h that its Ethernet module uses; the emulator has no such bus.
 */
#pragma once

#define HSPI_HOST 0

typedef struct {
	int cs_pin, spiPort, sync, hz, command_bits, address_bits, external, queue_size;
} modSPIConfigurationRecord;

static inline void modSPIInit(modSPIConfigurationRecord *config)
{
	(void) config;
}
